// My day.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../../app/guards";
import { MyDayPage } from "../../features/day/my-day-page";

interface Search {
  /** Like `2026-11-24`; without it, today. */
  date?: string;
}

export const Route = createFileRoute("/_house/my-day")({
  beforeLoad: signedIn,
  validateSearch: ({ date }: Record<string, unknown>): Search =>
    typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? { date } : {},
  component: Page,
});

function Page() {
  const { date } = Route.useSearch();
  return <MyDayPage date={date} />;
}
