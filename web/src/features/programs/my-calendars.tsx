// One's own calendars: addresses that a calendar program subscribes to, for all programs or one of them.
import { Trans, useLingui } from "@lingui/react/macro";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../components/ui/button";
import { TextField } from "../../components/ui/field";
import { Failed, Loaded } from "../../components/ui/loaded";
import type { Feed, Feeds, NewFeedAddress } from "../../contract/types";
import { api } from "../../lib/api";
import { browserZone, dateOf, dayOf } from "../../lib/times";
import { programsQuery } from "./queries";

const calendarsQuery = queryOptions({
  queryKey: ["calendars"],
  queryFn: () => api<Feeds>("GET", "/me/calendars"),
});

export function MyCalendars() {
  const { t } = useLingui();
  const query = useQuery(calendarsQuery);
  return (
    <section className="card grid gap-4" aria-labelledby="calendars">
      <h2 id="calendars" className="text-lg">
        <Trans>Your calendar</Trans>
      </h2>
      <p className="max-w-prose">
        <Trans>
          Your sessions in the calendar of your phone or computer: make an address, and subscribe to it there.
          Changes come by themselves. Whoever has the address sees your sessions, so keep it to yourself.
        </Trans>
      </p>
      <Loaded query={query} label={t`Opening your calendars`}>
        {({ feeds }) => <Calendars feeds={feeds} />}
      </Loaded>
    </section>
  );
}

function Calendars({ feeds }: { feeds: Feed[] }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const programs = useQuery(programsQuery(true));
  const [programId, setProgramId] = useState("");
  const make = useMutation({
    mutationFn: () =>
      api<NewFeedAddress>("POST", "/me/calendars", { body: programId ? { program_id: programId } : {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["calendars"] }),
  });
  const exists = feeds.some((feed) => (feed.program_id ?? "") === programId);
  return (
    <>
      {feeds.length > 0 && (
        <ul className="grid gap-3">
          {feeds.map((feed) => (
            <Row key={feed.id} feed={feed} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <label className="field">
          <span>
            <Trans>Sessions of</Trans>
          </span>
          <select
            className="input"
            value={programId}
            onChange={(event) => {
              setProgramId(event.target.value);
              make.reset();
            }}
          >
            <option value="">{t`All my programs`}</option>
            {programs.data?.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <Button onClick={() => make.mutate()} busy={make.isPending && <Trans>Making it</Trans>}>
          {exists ? <Trans>Make a new address</Trans> : <Trans>Make an address</Trans>}
        </Button>
      </div>
      {exists && !make.data && (
        <p className="muted">
          <Trans>A new address ends the one before.</Trans>
        </p>
      )}
      {make.error && <Failed error={make.error} />}
      {make.data && <Address key={make.data.url} url={make.data.url} />}
    </>
  );
}

function Row({ feed }: { feed: Feed }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api<null>("DELETE", `/me/calendars/${feed.id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["calendars"] }),
  });
  const name = feed.program_title || t`All my programs`;
  const day = (at: string) => dateOf(dayOf(at, browserZone()), "short");
  const made = day(feed.created_at);
  const used = feed.last_used_at && day(feed.last_used_at);
  return (
    <li className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 grow">
        <strong className="font-semibold break-words">{name}</strong>
        <p className="muted text-sm">
          {used ? (
            <Trans>
              Made on {made}, last asked for on {used}
            </Trans>
          ) : (
            <Trans>Made on {made}, not asked for yet</Trans>
          )}
        </p>
        {remove.error && <Failed error={remove.error} />}
      </div>
      <Button
        size="sm"
        aria-label={t`Take back: ${name}`}
        onClick={() => remove.mutate()}
        busy={remove.isPending && <Trans>Taking it back</Trans>}
      >
        <Trans>Take back</Trans>
      </Button>
    </li>
  );
}

function Address({ url }: { url: string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(t`Copied.`);
    } catch {
      setCopied(t`The browser did not copy it. Select the address and copy it yourself.`);
    }
  };
  return (
    <div className="grid gap-2">
      <TextField
        label={t`The address, shown this once`}
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void copy()}>
          <Trans>Copy</Trans>
        </Button>
        {/* Calendar programs take this scheme and offer to subscribe. */}
        <a className="btn" href={url.replace(/^https?:/, "webcal:")}>
          <Trans>Open in my calendar</Trans>
        </a>
        <span role="status">{copied}</span>
      </div>
    </div>
  );
}
