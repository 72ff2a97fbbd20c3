// Everybody, for admins: search, role, who may sign in, and personal join links.
import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Mail, Plus, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";

import { Button, button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { Failed, Skeleton } from "../../components/ui/loaded";
import type { Page, User } from "../../contract/types";
import { api } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { NewPerson } from "./new-person";
import { PersonRow } from "./person-row";

export function PeoplePage() {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const [adding, setAdding] = useState(false);
  const q = useDeferredValue(search.trim());
  usePageTitle(t`People`);
  const people = useInfiniteQuery({
    queryKey: ["users", q],
    queryFn: ({ pageParam }) =>
      api<Page<User>>(
        "GET",
        `/users?limit=50&q=${encodeURIComponent(q)}${pageParam ? `&after=${pageParam}` : ""}`,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const items = people.data?.pages.flatMap((page) => page.items);
  return (
    <div className="work pt-5">
      <div className="pagehead">
        <h1>
          <Trans>People</Trans>
        </h1>
        <div className="acts">
          <Link to="/mails" className={button()}>
            <Mail className="i" aria-hidden />
            <Trans>Mails</Trans>
          </Link>
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus className="i" aria-hidden />
            <Trans>Add a person</Trans>
          </Button>
        </div>
      </div>
      <label className="search mb-4">
        <Search className="i" aria-hidden />
        <span className="sr-only">
          <Trans>Search by name or email address</Trans>
        </span>
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t`Name or email address`}
        />
      </label>
      {people.isPending && <Skeleton label={t`Loading people`} rows={5} />}
      {people.error && !items && <Failed error={people.error} onRetry={() => void people.refetch()} />}
      {items?.length === 0 && <Empty title={<Trans>Nobody here is called that.</Trans>} />}
      {items && items.length > 0 && (
        <div className="card card-flush">
          <table className="table">
            <caption className="sr-only">
              <Trans>People</Trans>
            </caption>
            <thead className="max-[719px]:size-px max-[719px]:overflow-hidden">
              <tr>
                <th scope="col">{t`Name`}</th>
                <th scope="col">{t`Role`}</th>
                <th scope="col">{t`May sign in`}</th>
                <th scope="col">{t`Join link`}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((user) => (
                <PersonRow key={user.id} user={user} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {people.hasNextPage && (
        <Button
          className="mt-4"
          onClick={() => void people.fetchNextPage()}
          busy={people.isFetchingNextPage && <Trans>Loading</Trans>}
        >
          <Trans>Show more people</Trans>
        </Button>
      )}
      {adding && <NewPerson onClose={() => setAdding(false)} />}
    </div>
  );
}
