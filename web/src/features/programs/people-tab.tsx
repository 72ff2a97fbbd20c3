// Who is in a program, and who waits in line.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";

import { JoinLinkButtons } from "../../components/join-link-buttons";
import { Avatar } from "../../components/ui/avatar";
import { Badge } from "../../components/ui/badge";
import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Empty } from "../../components/ui/empty";
import { Failed, Loaded } from "../../components/ui/loaded";
import type { Enrollment, Program } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { api } from "../../lib/api";
import { AddPerson } from "./add-person";
import { enrollmentsQuery } from "./queries";

export function PeopleTab({ program }: { program: Program }) {
  const { t } = useLingui();
  const query = useQuery(enrollmentsQuery(program.id));
  const isAdmin = useAccount((account) => account.me?.role === "admin");
  const [adding, setAdding] = useState(false);
  return (
    <div className="grid gap-6">
      {isAdmin && (
        <div className="actions">
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus className="i" aria-hidden />
            <Trans>Add a person</Trans>
          </Button>
        </div>
      )}
      <Loaded query={query} label={t`Loading people`}>
        {(all) => {
          const waiting = all
            .filter(({ status }) => status === "waitlisted")
            .sort((a, b) => (a.place_in_line ?? 0) - (b.place_in_line ?? 0));
          const inside = all.filter(
            ({ status }) => status === "active" || status === "pending" || status === "completed",
          );
          return (
            <>
              <People
                title={
                  <Plural
                    value={inside.length}
                    _0="Nobody is enrolled"
                    one="# person enrolled"
                    other="# people enrolled"
                  />
                }
                people={inside}
                program={program}
              >
                <Empty title={<Trans>Nobody is enrolled yet.</Trans>}>
                  {program.status === "draft" ? (
                    <Trans>People can enroll once the program is published.</Trans>
                  ) : (
                    <Trans>People enroll on the public page of the program.</Trans>
                  )}
                </Empty>
              </People>
              {waiting.length > 0 && (
                <People
                  title={
                    <Plural
                      value={waiting.length}
                      one="# person waits in line"
                      other="# people wait in line"
                    />
                  }
                  people={waiting}
                  program={program}
                />
              )}
            </>
          );
        }}
      </Loaded>
      {adding && <AddPerson program={program} onClose={() => setAdding(false)} />}
    </div>
  );
}

function People({
  title,
  people,
  program,
  children,
}: {
  title: ReactNode;
  people: Enrollment[];
  program: Program;
  children?: ReactNode;
}) {
  return (
    <section className="card card-flush">
      <h2 className="px-5 pb-2 pt-4 text-lg">{title}</h2>
      {people.length === 0 && <div className="px-5">{children}</div>}
      <ul className="divide">
        {people.map((enrollment) => (
          <Person key={enrollment.id} enrollment={enrollment} program={program} />
        ))}
      </ul>
    </section>
  );
}

function Person({ enrollment, program }: { enrollment: Enrollment; program: Program }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { name } = enrollment.user;
  const { title } = program;
  const place = enrollment.place_in_line ?? 0;
  const remove = useMutation({
    mutationFn: () => api<null>("DELETE", `/enrollments/${enrollment.id}`),
    onSuccess: async () => {
      setAsking(false);
      await Promise.all(
        ["enrollments", "program"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
    },
  });
  return (
    <li className="person-row">
      <Avatar name={name} />
      <strong className="min-w-40 flex-1 font-semibold">{name}</strong>
      {enrollment.status === "waitlisted" && (
        <Badge look="info">
          <Trans>Number {place} in line</Trans>
        </Badge>
      )}
      {enrollment.status === "pending" && (
        <Badge look="warn">
          <Trans>Not confirmed yet</Trans>
        </Badge>
      )}
      {enrollment.status === "completed" && (
        <Badge look="good">
          <Trans>Completed</Trans>
        </Badge>
      )}
      <JoinLinkButtons user={enrollment.user} />
      {enrollment.status !== "completed" && (
        <Button size="sm" onClick={() => setAsking(true)} aria-label={t`Take ${name} out of the program`}>
          <Trans>Take out</Trans>
        </Button>
      )}
      {asking && (
        <Dialog title={t`Take ${name} out of ${title}?`} onClose={() => setAsking(false)}>
          <p>
            <Trans>
              {name} loses the place, and it goes to the next person in line. What was recorded so far stays.
            </Trans>
          </p>
          {remove.error && <Failed error={remove.error} />}
          <div className="actions">
            <Button data-safe onClick={() => setAsking(false)}>
              <Trans>Keep the place</Trans>
            </Button>
            <Button
              look="dangerFill"
              onClick={() => remove.mutate()}
              busy={remove.isPending && <Trans>Taking out</Trans>}
            >
              <Trans>Take this person out</Trans>
            </Button>
          </div>
        </Dialog>
      )}
    </li>
  );
}
