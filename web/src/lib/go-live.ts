// Going live: the session begins, and the instructor is in its room. One press.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import type { Session } from "../contract/types";
import { api, Refused } from "./api";

export function useGoLive(sessionId: string) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api<Session>("POST", `/sessions/${sessionId}/start`).catch((error: unknown) => {
        // Somebody else of the staff was quicker: all the better.
        if (error instanceof Refused && error.type === "already-live") return null;
        throw error;
      }),
    onSuccess: () => {
      for (const key of ["day", "overview", "timetable"]) void queries.invalidateQueries({ queryKey: [key] });
      return navigate({ to: "/sessions/$id/room", params: { id: sessionId } });
    },
  });
}
