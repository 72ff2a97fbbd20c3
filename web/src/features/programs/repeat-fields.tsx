// How often a session repeats, until when, and the days that are left out.
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert, X } from "lucide-react";
import { useId, useRef, useState } from "react";

import { Button } from "../../components/ui/button";
import { Select, TextField } from "../../components/ui/field";
import { fieldProblem } from "../../lib/problems";
import { addDays, dateOf, mondayOf } from "../../lib/times";
import {
  daysOf,
  type Every,
  isLastOf,
  nthOf,
  problemOf,
  type Repeat,
  ruleOf,
  untilOf,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
} from "./repeat-rule";

interface Props {
  value: Repeat;
  /** The day of the session, which says weekday and date. */
  day: string;
  onChange: (value: Repeat) => void;
  /** What the server said about it. */
  error: unknown;
  /** Of a series that is there: it repeats, and its number counts from its first session. */
  isKnown?: boolean;
}

/** A day of any week, for the names of weekdays. */
const dayNamed = (weekday: Weekday) => addDays(mondayOf("2026-11-24"), WEEKDAYS.indexOf(weekday));

export function RepeatFields({ value, day, onChange, error, isKnown = false }: Props) {
  const { t } = useLingui();
  const change = (more: Partial<Repeat>) => onChange({ ...value, ...more });
  const said = fieldProblem(error, "rule");
  const { every } = value;
  const choose = (next: Every) =>
    change({
      every: next,
      // Who writes a rule begins with what was chosen.
      ...(next === "custom" && { rule: ruleOf(value, day) ?? value.rule }),
    });
  return (
    <div className="repeat">
      <Select
        label={t`Repeats`}
        value={every}
        onChange={(event) => choose(event.target.value as Every)}
        error={every !== "custom" ? said : undefined}
      >
        <Choices day={day} every={every} isKnown={isKnown} />
      </Select>
      {every !== "never" && (
        <>
          <Details {...{ value, day, change }} said={said} />
          {every !== "custom" && <Ends {...{ value, day, change, isKnown }} />}
          <Except value={value} change={change} error={error} />
        </>
      )}
    </div>
  );
}

function Choices({ day, every, isKnown }: { day: string; every: Every; isKnown: boolean }) {
  const { t } = useLingui();
  const date = dateOf(day, "day");
  const weekday = dateOf(day, "weekday");
  const nths = [
    t`Every month on the first ${weekday}`,
    t`Every month on the second ${weekday}`,
    t`Every month on the third ${weekday}`,
    t`Every month on the fourth ${weekday}`,
    t`Every month on the fifth ${weekday}`,
  ];
  return (
    <>
      {!isKnown && <option value="never">{t`Does not repeat`}</option>}
      <option value="week">{t`Every week`}</option>
      <option value="weeks">{t`Every few weeks`}</option>
      <option value="day">{t`Every day`}</option>
      <option value="weekday">{t`Every weekday, Monday to Friday`}</option>
      <option value="date">{t`Every month on day ${date}`}</option>
      <option value="nth">{nths[nthOf(day) - 1]}</option>
      {(isLastOf(day) || every === "last") && (
        <option value="last">{t`Every month on the last ${weekday}`}</option>
      )}
      <option value="custom">{t`Custom`}</option>
    </>
  );
}

interface PartProps {
  value: Repeat;
  day: string;
  change: (more: Partial<Repeat>) => void;
}

function Details({ value, day, change, said }: PartProps & { said: string | undefined }) {
  const { t } = useLingui();
  const problem = problemOf(value, day);
  switch (value.every) {
    case "week":
      return <Weekdays {...{ value, day, change }} />;
    case "weeks":
      return (
        <>
          <TextField
            label={t`Every how many weeks`}
            inputMode="numeric"
            value={value.weeks}
            onChange={(event) => change({ weeks: event.target.value })}
            error={problem === "weeks" ? t`Write a whole number from 1 to 52.` : undefined}
          />
          <Weekdays {...{ value, day, change }} />
        </>
      );
    case "date":
      return Number(day.slice(8)) > 28 ? (
        <p className="hint">
          <Trans>Months without this day are passed over.</Trans>
        </p>
      ) : null;
    case "custom":
      return (
        <TextField
          label={t`Rule`}
          hint={t`A recurrence rule as calendars write it, with COUNT or UNTIL.`}
          dir="ltr"
          spellCheck={false}
          autoCapitalize="characters"
          value={value.rule}
          onChange={(event) => change({ rule: event.target.value })}
          error={problem === "rule" ? t`Write a rule, or choose another way to repeat.` : said}
        />
      );
    default:
      return null;
  }
}

function Weekdays({ value, day, change }: PartProps) {
  const id = useId();
  const days = daysOf(value, day);
  const wrong = problemOf(value, day) === "days";
  const toggle = (one: Weekday) => {
    const next = days.includes(one) ? days.filter((other) => other !== one) : [...days, one];
    change({ days: WEEKDAYS.filter((other) => next.includes(other)), anchor: null });
  };
  return (
    <fieldset className="field" aria-describedby={wrong ? id : undefined}>
      <legend>
        <Trans>On these days</Trans>
      </legend>
      <div className="weekdays">
        {WEEKDAYS.map((one) => (
          <label key={one} className="weekday">
            <input
              type="checkbox"
              checked={days.includes(one)}
              onChange={() => toggle(one)}
              aria-invalid={wrong ? true : undefined}
            />
            <span aria-hidden>{dateOf(dayNamed(one), "weekdayShort")}</span>
            <span className="sr-only">{dateOf(dayNamed(one), "weekday")}</span>
          </label>
        ))}
      </div>
      {wrong && (
        <p className="error" id={id}>
          <CircleAlert className="i" aria-hidden />
          <span>
            <Trans>Choose at least one day.</Trans>
          </span>
        </p>
      )}
      {!wrong && !days.includes(weekdayOf(day)) && (
        <p className="hint">
          <Trans>The first session is on the first of these days after the date above.</Trans>
        </p>
      )}
    </fieldset>
  );
}

function Ends({ value, day, change, isKnown }: PartProps & { isKnown: boolean }) {
  const { t } = useLingui();
  const problem = problemOf(value, day);
  return (
    <>
      <Select
        label={t`Ends`}
        value={value.ends}
        onChange={(event) => change({ ends: event.target.value as Repeat["ends"] })}
      >
        <option value="day">{t`On a day`}</option>
        <option value="count">{t`After a number of sessions`}</option>
      </Select>
      {value.ends === "day" ? (
        <TextField
          label={t`Last day`}
          type="date"
          value={untilOf(value, day)}
          min={day}
          onChange={(event) => change({ until: event.target.value })}
          error={problem === "until" ? t`Choose a day that is not before the first.` : undefined}
        />
      ) : (
        <TextField
          label={t`How many sessions`}
          hint={
            isKnown
              ? t`From the first of the series on. Days that are left out count.`
              : t`Days that are left out count.`
          }
          inputMode="numeric"
          value={value.count}
          onChange={(event) => change({ count: event.target.value })}
          error={problem === "count" ? t`Write a whole number from 1 to 400.` : undefined}
        />
      )}
    </>
  );
}

function Except({ value, change, error }: Omit<PartProps, "day"> & { error: unknown }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const { except } = value;
  const add = () => {
    if (!/^\d{4}-\d\d-\d\d$/.test(typed)) return;
    change({ except: [...new Set([...except, typed])].sort() });
    setTyped("");
  };
  return (
    <div className="grid gap-2">
      <div className="except-row">
        <TextField
          label={t`Leave out a day`}
          hint={t`Days off are left out by themselves.`}
          type="date"
          ref={field}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            // Enter belongs to this field, not to the whole form.
            event.preventDefault();
            add();
          }}
          error={fieldProblem(error, "except", ...except.map((_, place) => `except[${place}]`))}
        />
        <Button onClick={add}>
          <Trans>Leave it out</Trans>
        </Button>
      </div>
      {except.length > 0 && (
        <ul className="except" aria-label={t`Days that are left out`}>
          {except.map((day) => {
            const date = dateOf(day, "short");
            return (
              <li key={day}>
                <span>{date}</span>
                <Button
                  look="quiet"
                  size="sm"
                  icon
                  aria-label={t`Do not leave out ${date}`}
                  title={t`Do not leave out ${date}`}
                  onClick={() => {
                    change({ except: except.filter((other) => other !== day) });
                    // Its button goes with it.
                    field.current?.focus();
                  }}
                >
                  <X className="i" aria-hidden />
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
