// My day: the sky with a greeting, the day as a line with one big Join, tomorrow beside it.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight, Moon, Sun, Sunrise } from "lucide-react";

import { Hills } from "../../components/hills";
import { button } from "../../components/ui/button";
import { Loaded } from "../../components/ui/loaded";
import { useAccount } from "../../lib/account";
import { usePageTitle } from "../../lib/page";
import { addDays, dateOf, minutesOfDay, partOfDay, timeOf, zoneName } from "../../lib/times";
import "./day.css";
import { DayLine } from "./day-line";
import { NothingOn } from "./nothing-on";
import { dayLine, type Entry, isLate, summary } from "./phases";
import { dayQuery } from "./queries";
import { SunArc } from "./sun-arc";
import { Tomorrow } from "./tomorrow";
import { useToday } from "./use-today";

export function MyDayPage({ date: asked }: { date?: string | undefined }) {
  const { t } = useLingui();
  const { now, zone, today, isForeign } = useToday();
  const date = asked ?? today;
  const isToday = date === today;
  const query = useQuery(dayQuery(date));
  const entries = query.data ? dayLine(query.data.items, now) : null;
  const sessions = entries?.filter((entry) => entry.kind === "session") ?? [];
  const zoneWords = zoneName(zone);
  usePageTitle(isToday ? t`My day` : t`My day, ${dateOf(date, "long")}`);
  return (
    <>
      <div className="sky sky-day">
        <div className="sky-in">
          <div className="greet">
            <Greeting date={date} isToday={isToday} now={now} zone={zone} />
            {entries && isToday && (
              <p className="greet-sum">
                <DaySentence entries={entries} at={now} />
              </p>
            )}
            {isForeign && (
              <p className="text-sm">
                <Trans>Times are in {zoneWords} time.</Trans>
              </p>
            )}
          </div>
          <SunArc entries={sessions} zone={zone} now={isToday ? now : null} />
        </div>
        <Hills />
      </div>
      <div className="day">
        <section aria-labelledby="timetable">
          <h2 id="timetable" className="sr-only">
            {isToday ? <Trans>Your timetable today</Trans> : <Trans>Your timetable</Trans>}
          </h2>
          <Loaded query={query} label={t`Loading your day`}>
            {() =>
              entries && entries.length > 0 ? (
                <DayLine entries={entries} now={now} zone={zone} />
              ) : (
                <NothingOn date={date} isToday={isToday} />
              )
            }
          </Loaded>
          <OtherDays date={date} today={today} />
        </section>
        <aside>
          <Tomorrow date={addDays(date, 1)} isTomorrow={isToday} />
        </aside>
      </div>
    </>
  );
}

interface GreetingProps {
  date: string;
  isToday: boolean;
  now: number;
  zone: string;
}

function Greeting({ date, isToday, now, zone }: GreetingProps) {
  const name = useAccount((account) => account.me?.name.split(" ")[0]);
  const part = partOfDay(minutesOfDay(now, zone));
  const Picture = part === "morning" ? Sunrise : part === "afternoon" ? Sun : Moon;
  const long = dateOf(date, "long");
  const time = timeOf(now, zone);
  if (!isToday)
    return (
      <>
        <p className="greet-date">
          <Trans>My day</Trans>
        </p>
        <h1>{long}</h1>
      </>
    );
  return (
    <>
      <p className="greet-date">
        <Picture className="i" aria-hidden />
        <Trans>
          {long}, {time}
        </Trans>
      </p>
      <h1>
        {part === "morning" && <Trans>Good morning, {name}</Trans>}
        {part === "afternoon" && <Trans>Good afternoon, {name}</Trans>}
        {part === "evening" && <Trans>Good evening, {name}</Trans>}
      </h1>
    </>
  );
}

function DaySentence({ entries, at }: { entries: Entry[]; at: number }) {
  const { now, next, later } = summary(entries);
  const title = (now ?? next)?.item.session.title ?? "";
  if (now?.phase === "live")
    return (
      <Trans>
        {title} is on now.{" "}
        <Plural
          value={later}
          _0="Nothing after that today."
          one="One more session today."
          other="# more sessions today."
        />
      </Trans>
    );
  if (now && isLate(now.item, at)) return <Trans>{title} has not started yet.</Trans>;
  if (now) return <Trans>{title} is about to start.</Trans>;
  if (next)
    return (
      <Plural
        value={later}
        one="One session is still to come today."
        other="# sessions are still to come today."
      />
    );
  return entries.length > 0 ? (
    <Trans>That was your day. See you tomorrow.</Trans>
  ) : (
    <Trans>Nothing on today.</Trans>
  );
}

function OtherDays({ date, today }: { date: string; today: string }) {
  const before = addDays(date, -1);
  const after = addDays(date, 1);
  return (
    <nav className="other-days" aria-labelledby="other-days">
      <h2 id="other-days" className="sr-only">
        <Trans>Other days</Trans>
      </h2>
      <Link to="/my-day" search={before === today ? {} : { date: before }} className={button()}>
        <ChevronLeft className="i flip" aria-hidden />
        {dateOf(before, "short")}
      </Link>
      {date !== today && (
        <Link to="/my-day" search={{}} className={button()}>
          <Trans>Today</Trans>
        </Link>
      )}
      <Link to="/my-day" search={after === today ? {} : { date: after }} className={button()}>
        {dateOf(after, "short")}
        <ChevronRight className="i flip" aria-hidden />
      </Link>
    </nav>
  );
}
