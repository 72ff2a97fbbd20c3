// A new session, or a whole series of them: what it would make is seen before anything is saved.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWatch } from "react-hook-form";

import { Button } from "../../components/ui/button";
import { Failed } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Program } from "../../contract/types";
import { api } from "../../lib/api";
import { useNow } from "../../lib/clock";
import { addDays, dayOf } from "../../lib/times";
import { PreviewList, PreviewSentence } from "./preview-list";
import { RepeatFields } from "./repeat-fields";
import { never, ruleOf } from "./repeat-rule";
import { fieldsOf, focusWrong } from "./series-words";
import { hasTimes, type SessionBody, sessionBody, SessionForm, useSessionForm } from "./session-form";
import { useChanged, useSeriesPreview } from "./use-series";

interface Props {
  program: Program;
  onClose: () => void;
}

/** What the preview says wrong at these fields is shown there. */
const SHOWN = ["rule", "except", "starts_local", "ends_local"];

export function NewSession({ program, onClose }: Props) {
  const { t } = useLingui();
  const changed = useChanged();
  const tomorrow = addDays(dayOf(useNow(), program.time_zone), 1);
  const form = useSessionForm({
    title: "",
    summary: "",
    date: tomorrow,
    from: "10:00",
    to: "11:00",
    lead_id: program.staff[0]?.user.id ?? "",
    plan: "",
  });
  const now = { ...form.getValues(), ...useWatch({ control: form.control }) };
  const day = hasTimes({ ...now, from: "0", to: "0" }) ? now.date : tomorrow;
  const [repeat, setRepeat] = useState(() => never(day));
  const repeats = repeat.every !== "never";
  const rule = ruleOf(repeat, day);
  const { starts_local, ends_local, lead_id } = sessionBody({ ...now, plan: "" });
  const { preview, error, isFresh } = useSeriesPreview(
    `/programs/${program.id}/series/preview`,
    rule !== null && hasTimes(now)
      ? { title: "", starts_local, ends_local, lead_id, rule, except: repeat.except }
      : null,
  );
  const add = useMutation({
    mutationFn: (body: SessionBody) =>
      rule === null
        ? api<unknown>("POST", `/programs/${program.id}/sessions`, { body })
        : api<unknown>("POST", `/programs/${program.id}/series`, {
            body: { ...body, rule, except: repeat.except },
          }),
    onSuccess: async () => {
      await changed();
      say(repeats ? t`The sessions are in the timetable.` : t`The session is in the timetable.`);
      onClose();
    },
  });
  const lead = program.staff.find(({ user }) => user.id === now.lead_id)?.user.name;
  const count = preview?.sessions.length ?? 0;
  return (
    <SessionForm
      program={program}
      form={form}
      zone={program.time_zone}
      error={add.error ?? error}
      onSubmit={(body) => (repeats && rule === null ? focusWrong() : add.mutate(body))}
      repeats={<RepeatFields value={repeat} day={day} onChange={setRepeat} error={add.error ?? error} />}
    >
      {repeats && (
        <section className="pv" aria-labelledby="would">
          <h3 id="would" className="text-md">
            <Trans>What will be planned</Trans>
          </h3>
          <p role="status">
            {preview && !error ? (
              <PreviewSentence preview={preview} />
            ) : (
              <span className="muted">
                <Trans>Say when it repeats, and the sessions stand here.</Trans>
              </span>
            )}
          </p>
          {preview && !error && <PreviewList preview={preview} label={t`What will be planned`} lead={lead} />}
          {error && !fieldsOf(error).some((field) => SHOWN.includes(field)) && <Failed error={error} />}
        </section>
      )}
      {add.error && <Failed error={add.error} />}
      <div className="actions">
        <Button type="submit" look="primary" busy={add.isPending && <Trans>Adding</Trans>}>
          {!repeats ? (
            <Trans>Add this session</Trans>
          ) : isFresh ? (
            <Plural value={count} one="Plan # session" other="Plan # sessions" />
          ) : (
            <Trans>Plan the sessions</Trans>
          )}
        </Button>
        <Button onClick={onClose}>
          <Trans>Not now</Trans>
        </Button>
      </div>
    </SessionForm>
  );
}
