// What a program is, for its staff: change it, publish it, archive it. Two people may edit at once; the second is told.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Failed } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Program } from "../../contract/types";
import { Refused, versioned, type Versioned } from "../../lib/api";
import { answersOf, type ProgramAnswers, programBody, ProgramForm } from "./program-form";
import { programQuery } from "./queries";

interface Props {
  /** What the address calls the program. */
  address: string;
  program: Versioned<Program>;
}

export function AboutTab({ address, program: { data: program, version } }: Props) {
  const { t } = useLingui();
  const queries = useQueryClient();
  // The form stays what somebody is writing, also when the program is fetched anew; it begins again when they ask for it.
  const [base, setBase] = useState({ program, version, count: 0 });
  const save = useMutation({
    mutationFn: (answers: ProgramAnswers) =>
      versioned<Program>("PATCH", `/programs/${program.id}`, {
        body: programBody(answers),
        version: base.version,
      }),
    onSuccess: (saved) => {
      queries.setQueryData(programQuery(address).queryKey, saved);
      setBase({ program: saved.data, version: saved.version, count: base.count + 1 });
      void queries.invalidateQueries({ queryKey: ["programs"] });
      say(t`Saved.`);
    },
  });
  const isStale = save.error instanceof Refused && save.error.status === 412;
  const startAgain = async () => {
    const fresh = await queries.fetchQuery({ ...programQuery(address), staleTime: 0 });
    setBase({ program: fresh.data, version: fresh.version, count: base.count + 1 });
    save.reset();
  };
  // Publishing makes a new version, which is ours as long as nobody else changed what the form shows.
  const moved = (saved: Versioned<Program>) =>
    setBase((now) => (isSame(now.program, saved.data) ? { ...now, version: saved.version } : now));
  return (
    <div className="grid max-w-3xl gap-6">
      <Publishing address={address} program={program} onMoved={moved} />
      <div className="card">
        <ProgramForm
          key={base.count}
          defaults={answersOf(base.program)}
          error={save.error}
          onSubmit={(answers) => save.mutate(answers)}
        >
          {isStale ? (
            <Banner
              look="warn"
              role="alert"
              action={
                <Button onClick={() => void startAgain()}>
                  <Trans>Show what it is now</Trans>
                </Button>
              }
            >
              <Trans>
                Somebody else changed this program meanwhile. Nothing of yours was saved. Look at it as it is
                now, then make your change again.
              </Trans>
            </Banner>
          ) : (
            save.error && <Failed error={save.error} />
          )}
          <div className="actions">
            <Button type="submit" look="primary" busy={save.isPending && <Trans>Saving</Trans>}>
              <Trans>Save</Trans>
            </Button>
          </div>
        </ProgramForm>
      </div>
    </div>
  );
}

function isSame(one: Program, other: Program): boolean {
  return JSON.stringify(answersOf(one)) === JSON.stringify(answersOf(other));
}

interface PublishingProps {
  address: string;
  program: Program;
  onMoved: (saved: Versioned<Program>) => void;
}

function Publishing({ address, program, onMoved }: PublishingProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const title = program.title;
  const act = useMutation({
    mutationFn: (what: "publish" | "archive") =>
      versioned<Program>("POST", `/programs/${program.id}/${what}`, { body: {} }),
    onSuccess: async (saved, what) => {
      onMoved(saved);
      setAsking(false);
      say(what === "publish" ? t`It is published. People can enroll now.` : t`It is archived.`);
      await queries.invalidateQueries({ queryKey: programQuery(address).queryKey });
      await queries.invalidateQueries({ queryKey: ["programs"] });
    },
  });
  return (
    <div className="grid gap-3">
      {program.status === "draft" && (
        <Banner
          look="warn"
          action={
            <Button
              look="primary"
              onClick={() => act.mutate("publish")}
              busy={act.isPending && <Trans>Publishing</Trans>}
            >
              <Trans>Publish</Trans>
            </Button>
          }
        >
          <Trans>This is a draft. Only staff see it. When you publish it, people can enroll.</Trans>
        </Banner>
      )}
      {program.status === "published" && (
        <Banner
          look="good"
          action={
            <Button onClick={() => setAsking(true)}>
              <Trans>Archive</Trans>
            </Button>
          }
        >
          <Trans>It is published.</Trans>
        </Banner>
      )}
      {program.status === "archived" && (
        <Banner>
          <Trans>It is archived. Nobody can enroll. What happened in it stays on record.</Trans>
        </Banner>
      )}
      {act.error && !asking && <Failed error={act.error} />}
      {asking && (
        <Dialog title={t`Archive ${title}?`} onClose={() => setAsking(false)}>
          <p>
            <Trans>
              Nobody can enroll any more, and it leaves the catalogue. What happened in it stays on record.
            </Trans>
          </p>
          {act.error && <Failed error={act.error} />}
          <div className="actions">
            <Button data-safe onClick={() => setAsking(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button
              look="dangerFill"
              onClick={() => act.mutate("archive")}
              busy={act.isPending && <Trans>Archiving</Trans>}
            >
              <Trans>Archive this program</Trans>
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
