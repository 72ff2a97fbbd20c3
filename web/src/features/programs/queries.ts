// What pages about programs ask for.
import { queryOptions } from "@tanstack/react-query";

import type {
  Enrollment,
  Holidays,
  Page,
  Program,
  ProgramRecordings,
  Series,
  Session,
  Timetable,
} from "../../contract/types";
import { api, versioned } from "../../lib/api";

/** Follows `next` to the end: for lists that a person wants to see whole. */
async function whole<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = "";
  while (after !== null) {
    const glue = path.includes("?") ? "&" : "?";
    const page: Page<T> = await api(
      "GET",
      `${path}${glue}limit=100${after && `&after=${encodeURIComponent(after)}`}`,
    );
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

export const programsQuery = (mine: boolean) =>
  queryOptions({
    queryKey: ["programs", { mine }],
    queryFn: () => whole<Program>(`/programs${mine ? "?mine=true" : ""}`),
  });

/** With its version, for a later change. */
export const programQuery = (key: string) =>
  queryOptions({
    queryKey: ["program", key],
    queryFn: () => versioned<Program>("GET", `/programs/${encodeURIComponent(key)}`),
  });

export const sessionsQuery = (programId: string) =>
  queryOptions({
    queryKey: ["program-sessions", programId],
    queryFn: () => whole<Session>(`/programs/${programId}/sessions`),
  });

export const upcomingQuery = (programId: string, from: string) =>
  queryOptions({
    queryKey: ["program-sessions", programId, from],
    queryFn: () => api<Page<Session>>("GET", `/programs/${programId}/sessions?from=${from}&limit=12`),
  });

/** What can be watched, for who takes part. */
export const recordingsOfQuery = (programId: string) =>
  queryOptions({
    queryKey: ["program-recordings", programId],
    queryFn: () => api<ProgramRecordings>("GET", `/programs/${programId}/recordings`),
  });

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ["sessions", id, "edit"],
    queryFn: () => versioned<Session>("GET", `/sessions/${id}`),
    staleTime: 0,
  });

/** With its version, for a later change. */
export const seriesQuery = (id: string) =>
  queryOptions({
    queryKey: ["series", id],
    queryFn: () => versioned<Series>("GET", `/series/${id}`),
    staleTime: 0,
  });

/** Days off of a program; without one, of the house. */
export const holidaysQuery = (programId: string | null) =>
  queryOptions({
    queryKey: ["holidays", programId],
    queryFn: () => api<Holidays>("GET", holidaysPath(programId)),
  });

export const holidaysPath = (programId: string | null) =>
  programId === null ? "/holidays" : `/programs/${programId}/holidays`;

export const timetableQuery = (programId: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["timetable", programId, from, to],
    queryFn: () => api<Timetable>("GET", `/programs/${programId}/timetable?from=${from}&to=${to}`),
    refetchInterval: 60_000,
  });

export const enrollmentsQuery = (programId: string) =>
  queryOptions({
    queryKey: ["enrollments", programId],
    queryFn: () => whole<Enrollment>(`/programs/${programId}/enrollments`),
  });
