// What staff look after today: the rooms that are live or about to be, and the day in three parts. Numbers, charts and care
// find their place below.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";

import { button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { Loaded } from "../../components/ui/loaded";
import { usePageTitle } from "../../lib/page";
import { dateOf } from "../../lib/times";
import { LiveCard } from "./live-card";
import "./overview.css";
import { isNow, phaseOf, type Phase } from "./phases";
import { overviewQuery } from "./queries";
import { TodayInParts } from "./today-in-parts";
import { useToday } from "./use-today";
import type { DayItem } from "../../contract/types";

export interface Placed {
  item: DayItem;
  phase: Phase;
}

export function OverviewPage() {
  const { t } = useLingui();
  const { now, zone, today } = useToday();
  const query = useQuery(overviewQuery(today));
  usePageTitle(t`Overview`);
  const placed: Placed[] = (query.data?.items ?? []).map((item) => ({ item, phase: phaseOf(item, now) }));
  // Live rooms first: where people already are.
  const current = placed
    .filter(({ phase }) => isNow(phase))
    .sort((a, b) => Number(b.phase === "live") - Number(a.phase === "live"));
  return (
    <div className="work">
      <div className="pagehead pt-6">
        <div>
          <h1>{dateOf(today, "long")}</h1>
          {query.data && <Sentence placed={placed} />}
        </div>
        <div className="acts">
          <Link to="/manage/programs" search={{ new: true }} className={button()}>
            <Plus className="i" aria-hidden />
            <Trans>New program</Trans>
          </Link>
        </div>
      </div>
      <Loaded query={query} label={t`Loading today`}>
        {() =>
          placed.length === 0 ? (
            <div className="card">
              <Empty title={<Trans>Nothing on today.</Trans>}>
                <Trans>Sessions of the programs you look after stand here on their day.</Trans>
              </Empty>
            </div>
          ) : (
            <div className="grid grid-cols-1 gap-4">
              {current.length > 0 && (
                <section aria-labelledby="live-now">
                  <h2 id="live-now" className="sr-only">
                    <Trans>On now and about to start</Trans>
                  </h2>
                  <ul className="live-cards">
                    {current.map((one) => (
                      <LiveCard key={one.item.session.id} {...one} now={now} zone={zone} />
                    ))}
                  </ul>
                </section>
              )}
              <TodayInParts placed={placed} now={now} zone={zone} />
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function Sentence({ placed }: { placed: Placed[] }) {
  const live = placed.filter(({ phase }) => phase === "live").length;
  const later = placed.filter(({ phase }) => phase === "later" || phase === "open").length;
  // Of what is on or still to come. Who is in two sessions counts twice.
  const due = placed
    .filter(({ phase }) => phase !== "over" && phase !== "cancelled")
    .reduce((sum, { item }) => sum + item.due, 0);
  return (
    <p className="sub">
      <Plural value={live} _0="No room is live." one="One room is live." other="# rooms are live." />{" "}
      <Plural
        value={later}
        _0="Nothing more today."
        one="One more session today."
        other="# more sessions today."
      />{" "}
      {live + later > 0 && (
        <Plural value={due} _0="Nobody is due." one="# person due." other="# people due." />
      )}
    </p>
  );
}
