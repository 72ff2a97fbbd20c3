// The questions about a program; for a new one and for a change.
import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { type DefaultValues, useForm } from "react-hook-form";
import * as z from "zod/mini";

import { Select, TextArea, TextField } from "../../components/ui/field";
import { ZoneSelect } from "../../components/zone-select";
import type { Icon, Kind, Program, Tone } from "../../contract/types";
import { fieldProblem } from "../../lib/problems";
import { IconChoice } from "./icon-choice";

export interface ProgramAnswers {
  title: string;
  summary: string;
  description: string;
  kind: Kind;
  visibility: Program["visibility"];
  time_zone: string;
  capacity: string;
  join_minutes_before: string;
  icon: Icon;
  tone: Tone;
}

/** As the API takes it. */
export function programBody({ capacity, join_minutes_before, ...answers }: ProgramAnswers) {
  return {
    ...answers,
    capacity: capacity.trim() === "" ? null : Number(capacity),
    join_minutes_before: Number(join_minutes_before),
  };
}

interface Props {
  defaults: DefaultValues<ProgramAnswers>;
  error: unknown;
  onSubmit: (answers: ProgramAnswers) => void;
  /** The buttons. */
  children: ReactNode;
}

export function ProgramForm({ defaults, error, onSubmit, children }: Props) {
  const { t } = useLingui();
  const form = useForm<ProgramAnswers>({
    resolver: zodResolver(useShape()),
    mode: "onTouched",
    defaultValues: defaults,
  });
  const wrong = (field: keyof ProgramAnswers) =>
    form.formState.errors[field]?.message ?? fieldProblem(error, field);
  return (
    <form className="form" noValidate onSubmit={(event) => void form.handleSubmit(onSubmit)(event)}>
      <TextField label={t`Name of the program`} {...form.register("title")} error={wrong("title")} />
      <Select label={t`Kind`} {...form.register("kind")} error={wrong("kind")}>
        <option value="day_program">{t`Day program`}</option>
        <option value="course">{t`Course`}</option>
        <option value="workshop">{t`Workshop`}</option>
        <option value="event">{t`Event`}</option>
      </Select>
      <TextField
        label={t`In one sentence`}
        hint={t`It stands under the name in the catalogue.`}
        {...form.register("summary")}
        error={wrong("summary")}
      />
      <TextArea
        label={t`What we do`}
        rows={5}
        {...form.register("description")}
        error={wrong("description")}
      />
      <div className="form-row">
        <TextField
          label={t`Places`}
          hint={t`Leave it empty when there is room for everybody.`}
          inputMode="numeric"
          {...form.register("capacity")}
          error={wrong("capacity")}
        />
        <Select
          label={t`Who can find it`}
          hint={t`Only once it is published.`}
          {...form.register("visibility")}
          error={wrong("visibility")}
        >
          <option value="public">{t`Everybody`}</option>
          <option value="link">{t`Who has the link`}</option>
          <option value="private">{t`Only who is in it`}</option>
        </Select>
      </div>
      <div className="form-row">
        <ZoneSelect
          label={t`Time zone`}
          hint={t`The timetable is planned in it.`}
          {...form.register("time_zone")}
          error={wrong("time_zone")}
        />
        <Select
          label={t`The room opens`}
          hint={t`So many minutes before the start.`}
          {...form.register("join_minutes_before")}
          error={wrong("join_minutes_before")}
        >
          {[0, 5, 10, 15, 20, 30, 60].map((minutes) => (
            <option key={minutes} value={String(minutes)}>
              {minutes}
            </option>
          ))}
        </Select>
      </div>
      <fieldset className="field">
        <legend>
          <Trans>Picture and colour</Trans>
        </legend>
        <IconChoice form={form} />
      </fieldset>
      {children}
    </form>
  );
}

function useShape() {
  const { t } = useLingui();
  const text = z.string();
  return z.object({
    title: text.check(
      z.trim(),
      z.minLength(1, t`Give the program a name.`),
      z.maxLength(160, t`Keep the name under 160 letters.`),
    ),
    summary: text.check(z.maxLength(500, t`Keep it under 500 letters.`)),
    description: text.check(z.maxLength(20_000, t`Keep it under 20,000 letters.`)),
    kind: z.enum(["day_program", "course", "workshop", "event"]),
    visibility: z.enum(["public", "link", "private"]),
    time_zone: text,
    capacity: text.check(z.regex(/^\s*([1-9]\d{0,5})?\s*$/, t`Write a whole number, or nothing.`)),
    join_minutes_before: text,
    icon: z.custom<Icon>(),
    tone: z.custom<Tone>(),
  });
}
