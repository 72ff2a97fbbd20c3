// An admin finds a person and gives them a place.
import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";

import { Avatar } from "../../components/ui/avatar";
import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { TextField } from "../../components/ui/field";
import { Failed, Loaded } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Enrollment, Page, Program, User } from "../../contract/types";
import { api } from "../../lib/api";
import { enrollmentsQuery } from "./queries";

export function AddPerson({ program, onClose }: { program: Program; onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [search, setSearch] = useState("");
  const q = useDeferredValue(search.trim());
  const people = useQuery({
    queryKey: ["users", "to-add", q],
    queryFn: () => api<Page<User>>("GET", `/users?limit=12&q=${encodeURIComponent(q)}`),
    placeholderData: keepPreviousData,
  });
  const { data: enrolled } = useQuery(enrollmentsQuery(program.id));
  const inside = new Set([
    ...(enrolled ?? []).map(({ user }) => user.id),
    ...program.staff.map(({ user }) => user.id),
  ]);
  const add = useMutation({
    mutationFn: (user: User) =>
      api<Enrollment>("POST", `/programs/${program.id}/enrollments`, { body: { user_id: user.id } }),
    onSuccess: async ({ status }, { name }) => {
      await Promise.all(
        ["enrollments", "program"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      say(
        status === "waitlisted" ? t`All places are taken. ${name} waits in line.` : t`${name} has a place.`,
      );
    },
  });
  return (
    <Dialog kind="sheet" title={t`Add a person`} onClose={onClose}>
      <TextField
        label={t`Name or email address`}
        type="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {add.error && <Failed error={add.error} />}
      <Loaded query={people} label={t`Loading people`}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">
              <Trans>Nobody here is called that.</Trans>
            </p>
          ) : (
            <ul className="divide">
              {items.map((user) => (
                <li key={user.id} className="flex flex-wrap items-center gap-3 py-2.5">
                  <Avatar name={user.name} />
                  <span className="min-w-0 flex-1">
                    <strong className="font-semibold">{user.name}</strong>
                    <span className="muted block text-sm break-all">{user.email}</span>
                  </span>
                  {inside.has(user.id) ? (
                    <span className="muted text-sm">
                      <Trans>Is in already</Trans>
                    </span>
                  ) : (
                    <Add
                      name={user.name}
                      onAdd={() => add.mutate(user)}
                      isAdding={add.isPending && add.variables.id === user.id}
                    />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Add({ name, onAdd, isAdding }: { name: string; onAdd: () => void; isAdding: boolean }) {
  const { t } = useLingui();
  return (
    <Button size="sm" onClick={onAdd} busy={isAdding && <Trans>Adding</Trans>} aria-label={t`Add ${name}`}>
      <Trans>Add</Trans>
    </Button>
  );
}
