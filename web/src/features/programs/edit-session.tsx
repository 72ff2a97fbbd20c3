// A session that has not begun: change it, or its series with it.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Repeat as RepeatIcon } from "lucide-react";
import { useState } from "react";
import { useWatch } from "react-hook-form";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { Failed } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Program, Series, Session } from "../../contract/types";
import { Refused, type Versioned, versioned } from "../../lib/api";
import { localTime } from "../../lib/times";
import { CancelSession } from "./cancel-session";
import { RepeatFields } from "./repeat-fields";
import { problemOf, type Repeat, repeatOf } from "./repeat-rule";
import { SaveSeries } from "./save-series";
import { type Edited, ruleDay, seriesPatch } from "./series-change";
import { focusWrong } from "./series-words";
import {
  hasTimes,
  type SessionAnswers,
  type SessionBody,
  sessionBody,
  SessionForm,
  useSessionForm,
} from "./session-form";
import { planText } from "./session-plan";
import { useChanged } from "./use-series";

interface Props {
  base: Versioned<Session>;
  program: Program;
  onClose: () => void;
  onFresh: () => void;
}

function answersOf(session: Session): SessionAnswers {
  return {
    title: session.title,
    summary: session.summary,
    date: session.starts_local.slice(0, 10),
    from: localTime(session.starts_local),
    to: localTime(session.ends_local),
    lead_id: session.lead?.id ?? "",
    plan: planText(session.plan),
  };
}

/** One that stands for itself. */
export function EditSession({ base, program, onClose, onFresh }: Props) {
  const { t } = useLingui();
  const changed = useChanged();
  const session = base.data;
  const form = useSessionForm(answersOf(session));
  const save = useMutation({
    mutationFn: (body: SessionBody) =>
      versioned<Session>("PATCH", `/sessions/${session.id}`, { body, version: base.version }),
    onSuccess: async () => {
      await changed();
      say(t`Saved.`);
      onClose();
    },
  });
  const isStale = save.error instanceof Refused && save.error.status === 412;
  return (
    <>
      <SessionForm
        program={program}
        form={form}
        zone={session.time_zone}
        error={save.error}
        onSubmit={(body) => save.mutate(body)}
      >
        {isStale ? (
          <Banner
            look="warn"
            role="alert"
            action={
              <Button onClick={onFresh}>
                <Trans>Show what it is now</Trans>
              </Button>
            }
          >
            <Trans>Somebody else changed this session meanwhile. Nothing of yours was saved.</Trans>
          </Banner>
        ) : (
          save.error && <Failed error={save.error} />
        )}
        <div className="actions">
          <Button type="submit" look="primary" busy={save.isPending && <Trans>Saving</Trans>}>
            <Trans>Save</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </div>
      </SessionForm>
      <hr className="border-border" />
      <CancelSession session={session} due={program.enrolled} onClose={onClose} />
    </>
  );
}

/** One of a series: saving asks for how many of them. */
export function EditOfSeries({
  base,
  series,
  program,
  onClose,
  onFresh,
}: Props & { series: Versioned<Series> }) {
  const session = base.data;
  const [start] = useState(() => answersOf(session));
  const form = useSessionForm(start);
  const now = { ...form.getValues(), ...useWatch({ control: form.control }) };
  const original = (session.original_start ?? session.starts_local).slice(0, 10);
  const [baseRepeat] = useState<Repeat>(() => repeatOf(series.data.rule, original, series.data.except));
  const [repeat, setRepeat] = useState(baseRepeat);
  const [asked, setAsked] = useState<Edited | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const first = sessionBody(start);
  const day = hasTimes(now)
    ? ruleDay(session, { base: first, body: sessionBody({ ...now, plan: "" }) })
    : original;
  const ask = (body: SessionBody) => {
    if (problemOf(repeat, day) !== null) return focusWrong();
    const edited = { base: first, body, baseRepeat, repeat };
    // Nothing to save is nothing to ask about.
    if (Object.keys(seriesPatch("all", session, series.data, edited, 0)).length === 0) return onClose();
    setAsked(edited);
  };
  return (
    <>
      <p className="repeat-mark">
        <RepeatIcon className="i" aria-hidden />
        <Trans>This session is one of a series.</Trans>
      </p>
      <SessionForm
        program={program}
        form={form}
        zone={session.time_zone}
        error={refusal}
        onSubmit={ask}
        repeats={<RepeatFields value={repeat} day={day} onChange={setRepeat} error={refusal} isKnown />}
      >
        <div className="actions">
          <Button type="submit" look="primary">
            <Trans>Save</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </div>
      </SessionForm>
      {asked && (
        <SaveSeries
          session={base}
          series={series}
          edited={asked}
          onSaved={onClose}
          onClose={(why) => {
            setAsked(null);
            setRefusal(why);
          }}
          onFresh={() => {
            setAsked(null);
            onFresh();
          }}
        />
      )}
      <hr className="border-border" />
      <CancelSession session={session} due={program.enrolled} onClose={onClose} />
    </>
  );
}
