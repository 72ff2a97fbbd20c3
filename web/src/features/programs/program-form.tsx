// The questions about a program; for a new one and for a change.
import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";

import { Select, TextArea, TextField } from "../../components/ui/field";
import { ZoneSelect } from "../../components/zone-select";
import type { Icon, Kind, Program, Tone } from "../../contract/types";
import { formatLocale } from "../../lib/i18n";
import { fieldProblem } from "../../lib/problems";
import { IconChoice } from "./icon-choice";
import { CURRENCIES, parsePrice, typedPrice } from "./price";

export interface ProgramAnswers {
  title: string;
  summary: string;
  description: string;
  kind: Kind;
  visibility: Program["visibility"];
  time_zone: string;
  capacity: string;
  price: string;
  currency: string;
  join_minutes_before: string;
  waiting_room: boolean;
  guests: boolean;
  recording_days: string;
  icon: Icon;
  tone: Tone;
}

/** How long recordings are kept at most: ten years. */
const MOST_DAYS = 3650;

/** As the API takes it. */
export function programBody(typed: ProgramAnswers) {
  const { capacity, price, join_minutes_before, recording_days, ...answers } = typed;
  return {
    ...answers,
    capacity: capacity.trim() === "" ? null : Number(capacity),
    price_cents: parsePrice(price) ?? 0,
    join_minutes_before: Number(join_minutes_before),
    recording_days: Number(recording_days),
  };
}

/** A program as its own form shows it. */
export function answersOf(program: Program): ProgramAnswers {
  const { title, summary, description, kind, visibility, time_zone, currency, icon, tone } = program;
  const { waiting_room, guests } = program;
  return {
    ...{ waiting_room, guests },
    ...{ title, summary, description, kind, visibility, time_zone, currency, icon, tone },
    capacity: program.capacity === null ? "" : String(program.capacity),
    price: typedPrice(program.price_cents),
    join_minutes_before: String(program.join_minutes_before),
    recording_days: String(program.recording_days),
  };
}

interface Props {
  defaults: ProgramAnswers;
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
    form.formState.errors[field]?.message ?? fieldProblem(error, field === "price" ? "price_cents" : field);
  const names = new Intl.DisplayNames(formatLocale(), { type: "currency" });
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
        <TextField
          label={t`Price`}
          hint={t`Leave it empty when it is free.`}
          inputMode="decimal"
          {...form.register("price")}
          error={wrong("price")}
        />
        <Select label={t`Currency`} {...form.register("currency")} error={wrong("currency")}>
          {CURRENCIES.map((code) => (
            <option key={code} value={code}>
              {names.of(code)}
            </option>
          ))}
        </Select>
      </div>
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
          <Trans>Who comes in</Trans>
        </legend>
        <label className="check">
          <input type="checkbox" {...form.register("waiting_room")} />
          <span>
            <Trans>People wait until a host lets them in</Trans>
          </span>
        </label>
        <label className="check">
          <input type="checkbox" {...form.register("guests")} />
          <span>
            <Trans>Guests may ask to come in with a name and no account</Trans>
          </span>
        </label>
      </fieldset>
      <TextField
        label={t`Recordings are kept for so many days`}
        hint={t`0: sessions of this program are not recorded.`}
        inputMode="numeric"
        {...form.register("recording_days")}
        error={wrong("recording_days")}
      />
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
    price: text.check(z.refine((typed) => parsePrice(typed) !== null, t`Write a price like 48 or 48.50.`)),
    currency: text,
    join_minutes_before: text,
    waiting_room: z.boolean(),
    guests: z.boolean(),
    recording_days: text.check(
      z.refine(
        (typed) => /^\s*\d{1,4}\s*$/.test(typed) && Number(typed) <= MOST_DAYS,
        t`Write a whole number from 0 to 3650.`,
      ),
    ),
    icon: z.custom<Icon>(),
    tone: z.custom<Tone>(),
  });
}
