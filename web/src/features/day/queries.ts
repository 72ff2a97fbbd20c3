// The days that pages ask for.
import { queryOptions } from "@tanstack/react-query";

import type { Day } from "../../contract/types";
import { api } from "../../lib/api";

/** Pushes keep it fresh; once a minute is for whoever has no socket. */
const often = { refetchInterval: 60_000, refetchOnWindowFocus: true } as const;

export const dayQuery = (date: string) =>
  queryOptions({ queryKey: ["day", date], queryFn: () => api<Day>("GET", `/me/day?date=${date}`), ...often });

export const overviewQuery = (date: string) =>
  queryOptions({
    queryKey: ["overview", date],
    queryFn: () => api<Day>("GET", `/overview?date=${date}`),
    ...often,
  });
