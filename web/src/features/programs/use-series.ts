// What the sheet of a session asks about series: a preview while somebody chooses, and everything anew after a change.
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { SeriesPreview } from "../../contract/types";
import { api } from "../../lib/api";

/** So long nobody has typed before it is asked. */
const PAUSE = 350;

/** Everything that shows sessions is asked for anew. */
export function useChanged() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["timetable", "sessions", "series", "program-sessions", "day", "overview"].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What saving would do; nothing is asked without a body. What was answered before stays until the next answer. */
export function useSeriesPreview(path: string, body: object | null) {
  const now = body && JSON.stringify(body);
  const settled = useSettled(now);
  const query = useQuery({
    queryKey: ["series-preview", path, settled],
    queryFn: ({ signal }) =>
      api<SeriesPreview>("POST", path, { body: JSON.parse(settled ?? "{}") as unknown, signal }),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  return {
    preview: now === null ? undefined : query.data,
    error: now === null ? null : query.error,
    /** Whether it is about what stands there now. */
    isFresh: now !== null && now === settled && query.isSuccess && !query.isPlaceholderData,
  };
}
