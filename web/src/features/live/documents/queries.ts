// What pages about boards and notes ask for, outside of the room.
import { queryOptions } from "@tanstack/react-query";

import type { OpenedDocument, SessionDocuments } from "../../../contract/types";
import { api } from "../../../lib/api";

export const documentsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ["documents", sessionId],
    queryFn: () => api<SessionDocuments>("GET", `/sessions/${sessionId}/documents`),
  });

export const documentQuery = (sessionId: string, id: string) =>
  queryOptions({
    queryKey: ["documents", sessionId, id],
    queryFn: () => api<OpenedDocument>("GET", `/sessions/${sessionId}/documents/${id}`),
  });

/** A picture of a board, as a data URL. */
export async function loadImage(sessionId: string, id: string, image: string): Promise<string> {
  const found = await api<{ image: string }>("GET", `/sessions/${sessionId}/documents/${id}/images/${image}`);
  return found.image;
}
