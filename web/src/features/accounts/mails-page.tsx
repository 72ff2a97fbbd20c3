// The house's outbox, for admins: what was written to whom and what became of it.
import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { Select } from "../../components/ui/field";
import { Failed, Skeleton } from "../../components/ui/loaded";
import type { Mail, Outbox } from "../../contract/types";
import { api } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { MailSheet } from "./mail-sheet";
import { MailState } from "./mail-state";
import { useMoment } from "./moment";

export function MailsPage() {
  const { t } = useLingui();
  const [state, setState] = useState<Mail["state"] | "">("");
  const [reading, setReading] = useState<string | null>(null);
  usePageTitle(t`Mails`);
  const mails = useInfiniteQuery({
    queryKey: ["mails", state],
    queryFn: ({ pageParam }) =>
      api<Outbox>(
        "GET",
        `/mails?limit=50${state && `&state=${state}`}${pageParam ? `&after=${pageParam}` : ""}`,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const items = mails.data?.pages.flatMap((page) => page.items);
  const delivers = mails.data?.pages[0]?.delivers ?? true;
  return (
    <div className="work pt-5">
      <p>
        <Link to="/people" className="link link-row">
          <Trans>People</Trans>
        </Link>
      </p>
      <div className="pagehead">
        <h1>
          <Trans>Mails</Trans>
        </h1>
      </div>
      <div className="mb-4 grid gap-4">
        {!delivers && (
          <Banner>
            <Trans>
              No mail server is set up, so mails wait here. Read them, and hand on what is in them another
              way.
            </Trans>
          </Banner>
        )}
        <Select
          label={t`Show`}
          value={state}
          onChange={(event) => setState(event.target.value as typeof state)}
        >
          <option value="">{t`All mails`}</option>
          <option value="waiting">{t`Waiting`}</option>
          <option value="sent">{t`Sent`}</option>
          <option value="failed">{t`Not sent`}</option>
          <option value="bounced">{t`Nobody there`}</option>
        </Select>
      </div>
      {mails.isPending && <Skeleton label={t`Loading mails`} rows={5} />}
      {mails.error && !items && <Failed error={mails.error} onRetry={() => void mails.refetch()} />}
      {items?.length === 0 && <Empty title={<Trans>There are no such mails.</Trans>} />}
      {items && items.length > 0 && <Mails items={items} onRead={setReading} />}
      {mails.hasNextPage && (
        <Button
          className="mt-4"
          onClick={() => void mails.fetchNextPage()}
          busy={mails.isFetchingNextPage && <Trans>Loading</Trans>}
        >
          <Trans>Show more mails</Trans>
        </Button>
      )}
      {reading && <MailSheet id={reading} delivers={delivers} onClose={() => setReading(null)} />}
    </div>
  );
}

function Mails({ items, onRead }: { items: Mail[]; onRead: (id: string) => void }) {
  const { t } = useLingui();
  const moment = useMoment();
  return (
    <div className="card card-flush">
      <table className="table">
        <caption className="sr-only">
          <Trans>Mails</Trans>
        </caption>
        <thead className="max-[719px]:size-px max-[719px]:overflow-hidden">
          <tr>
            <th scope="col">{t`To`}</th>
            <th scope="col">{t`Subject`}</th>
            <th scope="col">{t`State`}</th>
            <th scope="col">{t`Written`}</th>
            <th scope="col">
              <span className="sr-only">{t`Read`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, name, to, subject, state, created_at }) => (
            <tr key={id}>
              <td>
                <strong className="font-semibold">{name}</strong>
                <div className="muted text-sm break-all">{to}</div>
              </td>
              <td data-label={t`Subject`}>{subject}</td>
              <td data-label={t`State`}>
                <MailState state={state} />
              </td>
              <td data-label={t`Written`}>{moment(created_at)}</td>
              <td>
                <Button size="sm" onClick={() => onRead(id)} aria-label={t`Read “${subject}” to ${name}`}>
                  <Trans>Read</Trans>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
