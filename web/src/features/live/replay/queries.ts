// What pages about recordings ask for.
import { queryOptions } from "@tanstack/react-query";

import type { BoardReplay, Recordings, Replay, VideoView, Viewers } from "../../../contract/types";
import { api } from "../../../lib/api";

/** While one still runs or is being made ready it is looked at again soon. */
export const recordingsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ["recordings", sessionId],
    queryFn: () => api<Recordings>("GET", `/sessions/${sessionId}/recordings`),
    refetchInterval: ({ state }) =>
      state.data?.recordings.some((one) => one.state === "running") ? 2_000 : false,
  });

export const viewersQuery = (id: string) =>
  queryOptions({
    queryKey: ["replay", id, "viewers"],
    queryFn: () => api<Viewers>("GET", `/recordings/${id}/viewers`),
  });

export const isUnderWay = ({ state }: VideoView): boolean => state === "waiting" || state === "making";

/** While it is made it is looked at again soon. */
export const videoQuery = (id: string) =>
  queryOptions({
    queryKey: ["replay", id, "video"],
    queryFn: () => api<VideoView>("GET", `/recordings/${id}/video`),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? 2_000 : false),
  });

export const boardQuery = (recording: string, board: string) =>
  queryOptions({
    queryKey: ["replay", recording, "boards", board],
    queryFn: () => api<BoardReplay>("GET", `/recordings/${recording}/boards/${board}`),
    staleTime: Infinity,
  });

/** Opening is written down, so it is done once per visit. */
export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ["replay", id],
    queryFn: () => api<Replay>("GET", `/recordings/${id}`),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
