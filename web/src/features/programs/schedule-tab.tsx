// The timetable, week by week.
import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CalendarDays, ChevronLeft, ChevronRight, List } from "lucide-react";

import { Button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { Loaded } from "../../components/ui/loaded";
import { Segmented } from "../../components/ui/segmented";
import type { Program } from "../../contract/types";
import { useNow } from "../../lib/clock";
import { addDays, browserZone, dayOf, mondayOf, spanOf, weekOf, zoneName } from "../../lib/times";
import { DaysOff } from "./days-off";
import { ListView } from "./list-view";
import { timetableQuery } from "./queries";
import { WeekView } from "./week-view";

interface Props {
  program: Program;
  week: string | undefined;
  view: "week" | "list" | undefined;
  onWeek: (week: string | undefined) => void;
  onView: (view: "week" | "list") => void;
  onOpen: (session: string) => void;
}

export function ScheduleTab({ program, week, view = "week", onWeek, onView, onOpen }: Props) {
  const { t } = useLingui();
  const now = useNow();
  const thisMonday = mondayOf(dayOf(now, program.time_zone));
  const monday = week ? mondayOf(week) : thisMonday;
  const sunday = addDays(monday, 6);
  const query = useQuery({
    ...timetableQuery(program.id, monday, sunday),
    placeholderData: keepPreviousData,
  });
  const zone = zoneName(program.time_zone);
  const number = weekOf(monday);
  const go = (to: string) => onWeek(to === thisMonday ? undefined : to);
  return (
    <>
      <section aria-labelledby="week">
        <div className="week-bar">
          <Button
            icon
            size="sm"
            onClick={() => go(addDays(monday, -7))}
            aria-label={t`The week before`}
            title={t`The week before`}
          >
            <ChevronLeft className="i flip" aria-hidden />
          </Button>
          <Button
            icon
            size="sm"
            onClick={() => go(addDays(monday, 7))}
            aria-label={t`The week after`}
            title={t`The week after`}
          >
            <ChevronRight className="i flip" aria-hidden />
          </Button>
          <h2 id="week" className="text-xl" aria-live="polite">
            {spanOf(monday, sunday)}
          </h2>
          <span className="muted text-sm">
            <Trans>Week {number}</Trans>
            {program.time_zone !== browserZone() && (
              <>
                {", "}
                <Trans>in {zone} time</Trans>
              </>
            )}
          </span>
          <span className="flex-1" />
          <div className="view-choice">
            <Segmented
              label={t`View`}
              value={view}
              onChange={onView}
              options={[
                {
                  value: "week",
                  label: (
                    <>
                      <CalendarDays className="i" aria-hidden /> <Trans>Week</Trans>
                    </>
                  ),
                },
                {
                  value: "list",
                  label: (
                    <>
                      <List className="i" aria-hidden /> <Trans>List</Trans>
                    </>
                  ),
                },
              ]}
            />
          </div>
          {monday !== thisMonday && (
            <Button size="sm" onClick={() => onWeek(undefined)}>
              <Trans>This week</Trans>
            </Button>
          )}
        </div>
        <Loaded query={query} label={t`Loading the timetable`}>
          {({ items, time_zone }) => {
            const props = { items, zone: time_zone, monday, now, onOpen };
            if (items.length === 0)
              return (
                <div className="card">
                  <Empty
                    title={<Trans>No sessions in this week.</Trans>}
                    action={<Button onClick={() => onOpen("new")}>{t`Add session`}</Button>}
                  >
                    <Trans>Add one, or look at another week.</Trans>
                  </Empty>
                </div>
              );
            // A timetable needs width: where there is none, the list stands in for it.
            return (
              <div className={view === "week" ? "schedule is-week" : "schedule"}>
                {view === "week" && <WeekView {...props} />}
                <div className="schedule-list">
                  <ListView {...props} />
                </div>
              </div>
            );
          }}
        </Loaded>
      </section>
      <DaysOff program={program} />
    </>
  );
}
