// The questions about a session. Times are typed as on the wall clock of its zone.
import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useForm, type UseFormReturn } from "react-hook-form";
import * as z from "zod/mini";

import { Select, TextArea, TextField } from "../../components/ui/field";
import type { Program } from "../../contract/types";
import { fieldProblem } from "../../lib/problems";
import { parsePlan, type PlanStep } from "./session-plan";
import { addDays, browserZone, parseTime, zoneName } from "../../lib/times";

export interface SessionAnswers {
  title: string;
  summary: string;
  date: string;
  from: string;
  to: string;
  lead_id: string;
  /** One step a line. */
  plan: string;
}
export interface SessionBody {
  title: string;
  summary: string;
  starts_local: string;
  ends_local: string;
  lead_id: string | null;
  plan: PlanStep[];
}

/** As the API takes it. A session that ends at midnight ends on the next day. */
export function sessionBody(answers: SessionAnswers): SessionBody {
  const { title, summary, date, from, to, lead_id, plan } = answers;
  const start = parseTime(from) ?? "";
  const end = parseTime(to) ?? "";
  const endDay = end === "00:00" ? addDays(date, 1) : date;
  return {
    title,
    summary,
    starts_local: `${date}T${start}:00`,
    ends_local: `${endDay}T${end}:00`,
    lead_id: lead_id || null,
    plan: parsePlan(plan) ?? [],
  };
}

/** Whether there is a day with two times in it, so that something can be said about it. */
export function hasTimes({ date, from, to }: SessionAnswers): boolean {
  return DAY.test(date) && parseTime(from) !== null && parseTime(to) !== null;
}

interface Props {
  program: Program;
  form: UseFormReturn<SessionAnswers>;
  zone: string;
  error: unknown;
  onSubmit: (body: SessionBody) => void;
  /** How often it repeats. */
  repeats?: ReactNode;
  children: ReactNode;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const WIRE: Partial<Record<keyof SessionAnswers, string[]>> = {
  from: ["starts_local", "starts_at"],
  to: ["ends_local", "ends_at"],
};

/** What is asked, held by the sheet: what is planned with it goes by what stands there now. */
export function useSessionForm(defaults: SessionAnswers): UseFormReturn<SessionAnswers> {
  return useForm<SessionAnswers>({
    resolver: zodResolver(useShape()),
    mode: "onTouched",
    defaultValues: defaults,
  });
}

export function SessionForm({ program, form, zone, error, onSubmit, repeats, children }: Props) {
  const { t } = useLingui();
  const wrong = (field: keyof SessionAnswers) =>
    form.formState.errors[field]?.message ?? fieldProblem(error, ...(WIRE[field] ?? [field]));
  const city = zoneName(zone);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => void form.handleSubmit((given) => onSubmit(sessionBody(given)))(event)}
    >
      <TextField label={t`Name of the session`} {...form.register("title")} error={wrong("title")} />
      <TextField label={t`Date`} type="date" {...form.register("date")} error={wrong("date")} />
      <div className="grid gap-2">
        <div className="form-row">
          <TextField label={t`From`} inputMode="numeric" {...form.register("from")} error={wrong("from")} />
          <TextField label={t`To`} inputMode="numeric" {...form.register("to")} error={wrong("to")} />
        </div>
        <p className="hint">
          {zone === browserZone() ? (
            <Trans>In {city} time. You can write 10:30, 1030 or 10.30.</Trans>
          ) : (
            <Trans>In {city} time, which is not yours. You can write 10:30, 1030 or 10.30.</Trans>
          )}
        </p>
      </div>
      {repeats}
      <Select label={t`Who leads it`} {...form.register("lead_id")} error={wrong("lead_id")}>
        <option value="">{t`Nobody yet`}</option>
        {program.staff.map(({ user }) => (
          <option key={user.id} value={user.id}>
            {user.name}
          </option>
        ))}
      </Select>
      <TextArea
        label={t`What to know before`}
        hint={t`For example what to bring.`}
        rows={3}
        {...form.register("summary")}
        error={wrong("summary")}
      />
      <TextArea
        label={t`What we will do`}
        hint={t`One step a line: the minute, then what happens. For example: 10 Arms and shoulders.`}
        rows={4}
        {...form.register("plan")}
        error={wrong("plan")}
      />
      {children}
    </form>
  );
}

function useShape() {
  const { t } = useLingui();
  const time = z.string().check(z.refine((typed) => parseTime(typed) !== null, t`Write a time like 10:30.`));
  return z
    .object({
      title: z
        .string()
        .check(
          z.trim(),
          z.minLength(1, t`Give the session a name.`),
          z.maxLength(160, t`Keep the name under 160 letters.`),
        ),
      summary: z.string().check(z.maxLength(500, t`Keep it under 500 letters.`)),
      date: z.string().check(z.regex(DAY, t`Choose a date.`)),
      from: time,
      to: time,
      lead_id: z.string(),
      plan: z
        .string()
        .check(
          z.refine(
            (text) => parsePlan(text) !== null,
            t`Begin each line with its minute, like 10 Arms and shoulders.`,
          ),
        ),
    })
    .check(
      z.refine(({ from, to }) => endsAfter(from, to), {
        error: t`The session ends before it begins. Check both times.`,
        path: ["to"],
      }),
    );
}

export function endsAfter(from: string, to: string): boolean {
  const start = parseTime(from);
  const end = parseTime(to);
  // What is no time at all is told at its own field.
  if (!start || !end) return true;
  return end > start || (end === "00:00" && start !== "00:00");
}
