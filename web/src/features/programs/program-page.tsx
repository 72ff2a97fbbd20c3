// A program as everybody sees it, with the card to enroll.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarDays, Globe, Pencil, Users, Video } from "lucide-react";

import { ActivityMark } from "../../components/ui/activity-mark";
import { Avatar } from "../../components/ui/avatar";
import { Badge } from "../../components/ui/badge";
import { Banner } from "../../components/ui/banner";
import { button } from "../../components/ui/button";
import { Loaded } from "../../components/ui/loaded";
import type { Program } from "../../contract/types";
import { Refused } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { browserZone, dateOf, localTime, zoneName } from "../../lib/times";
import { useAccount } from "../../lib/account";
import { EnrollBar, EnrollCard, useEnrolling } from "./enroll-card";
import { KindName, staffNames } from "./program-words";
import "./programs.css";
import { ProgramRecordings } from "./program-recordings";
import { ProgramSessions, useUpcoming } from "./program-sessions";
import { programQuery } from "./queries";

export function ProgramPage({ slug }: { slug: string }) {
  const { t } = useLingui();
  const query = useQuery(programQuery(slug));
  const program = query.data?.data;
  const isMissing = query.error instanceof Refused && query.error.status === 404;
  usePageTitle(program?.title ?? (isMissing ? t`There is no such program` : t`Program`));
  return (
    <>
      {program && <div className={`pub-picture tone-${program.tone}`} aria-hidden />}
      <div className="pub">
        {!program && (
          <h1 className="sr-only">
            {isMissing ? <Trans>There is no such program</Trans> : <Trans>Program</Trans>}
          </h1>
        )}
        <Loaded query={query} label={t`Loading the program`}>
          {({ data }) => <Details key={data.id} program={data} />}
        </Loaded>
      </div>
    </>
  );
}

function Details({ program }: { program: Program }) {
  const isStaff = !!program.my?.part;
  const enrolling = useEnrolling(program);
  const isAdmin = useAccount((account) => account.me?.role === "admin");
  return (
    <>
      <div className="pub-columns">
        <header className="pub-head grid min-w-0 content-start gap-3">
          <p className="flex flex-wrap gap-2">
            <Badge>
              <KindName kind={program.kind} />
            </Badge>
            <Badge>
              <Video className="i" aria-hidden />
              <Trans>Online, live</Trans>
            </Badge>
          </p>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
            <ActivityMark icon={program.icon} tone={program.tone} size="lg" />
            <h1 className="pub-title">{program.title}</h1>
          </div>
          <p className="pub-lede">{program.summary}</p>
          {program.status === "draft" && (
            <Banner look="warn">
              <Trans>This is a draft. Only staff can see this page.</Trans>
            </Banner>
          )}
          {program.status === "archived" && (
            <Banner>
              <Trans>This program is archived. Nobody can enroll any more.</Trans>
            </Banner>
          )}
          {(isStaff || isAdmin) && (
            <p>
              <Link to="/manage/programs/$id" params={{ id: program.id }} className={button()}>
                <Pencil className="i" aria-hidden />
                <Trans>Plan this program</Trans>
              </Link>
            </p>
          )}
        </header>
        <div className="pub-rest grid min-w-0 content-start gap-8">
          <Facts program={program} />
          {program.description && (
            <section aria-labelledby="what">
              <h2 id="what">
                <Trans>What we do</Trans>
              </h2>
              <p className="prose">{program.description}</p>
            </section>
          )}
          <ProgramSessions program={program} />
          <ProgramRecordings program={program} />
          {program.staff.length > 0 && (
            <section aria-labelledby="who">
              <h2 id="who">
                <Trans>Who leads it</Trans>
              </h2>
              <ul className="flex flex-wrap gap-x-8 gap-y-4">
                {program.staff.map(({ user, part }) => (
                  <li key={user.id} className="flex items-center gap-3">
                    <Avatar name={user.name} size="lg" />
                    <span>
                      <strong className="block font-semibold">{user.name}</strong>
                      <span className="muted text-sm">
                        {part === "lead" && <Trans>Lead</Trans>}
                        {part === "co_instructor" && <Trans>Instructor</Trans>}
                        {part === "assistant" && <Trans>Assistant</Trans>}
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <EnrollCard program={program} enrolling={enrolling} />
      </div>
      <EnrollBar program={program} enrolling={enrolling} />
    </>
  );
}

function Facts({ program }: { program: Program }) {
  const { data } = useUpcoming(program);
  const next = data?.items.find((session) => session.state === "scheduled" || session.state === "live");
  const zone = zoneName(program.time_zone);
  const isHere = program.time_zone === browserZone();
  const names = staffNames(program);
  const from = next ? localTime(next.starts_local) : "";
  const to = next ? localTime(next.ends_local) : "";
  return (
    <ul className="facts">
      <li>
        <CalendarDays className="i" aria-hidden />
        <b>{next ? dateOf(next.starts_local.slice(0, 10), "long") : <Trans>No date yet</Trans>}</b>
        <span>
          {next ? (
            <Trans>
              Next session, {from} to {to}
            </Trans>
          ) : (
            <Trans>Sessions are still being planned</Trans>
          )}
        </span>
      </li>
      <li>
        <Users className="i" aria-hidden />
        <b>
          {program.capacity === null ? (
            <Trans>Open to all</Trans>
          ) : (
            <Plural value={program.capacity} one="# place" other="Up to # people" />
          )}
        </b>
        <span>{names ? <Trans>With {names}</Trans> : ""}</span>
      </li>
      <li>
        <Globe className="i" aria-hidden />
        <b>
          <Trans>Times in {zone} time</Trans>
        </b>
        <span>
          {isHere ? (
            <Trans>That is your time too</Trans>
          ) : (
            <Trans>Your own day shows them in your time</Trans>
          )}
        </span>
      </li>
    </ul>
  );
}
