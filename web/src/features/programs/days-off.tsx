// Days on which no series plans a session: those of the house, and those of a program.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarOff, Plus, Trash2 } from "lucide-react";
import { type ReactNode, type SyntheticEvent, useId, useState } from "react";

import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { TextField } from "../../components/ui/field";
import { Failed, Loaded } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Holiday, Holidays, Program } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { api } from "../../lib/api";
import { useNow } from "../../lib/clock";
import { fieldProblem } from "../../lib/problems";
import { dayOf } from "../../lib/times";
import { holidaysPath, holidaysQuery } from "./queries";
import { farSpan, fieldsOf, focusWrong } from "./series-words";

export function DaysOff({ program }: { program: Program }) {
  const isAdmin = useAccount((account) => account.me?.role === "admin");
  const today = dayOf(useNow(), program.time_zone);
  return (
    <section className="card days-off" aria-labelledby="days-off">
      <div>
        <h2 id="days-off" className="flex items-center gap-2 text-lg">
          <CalendarOff className="i" aria-hidden /> <Trans>Days off</Trans>
        </h2>
        <p className="muted text-sm">
          <Trans>
            No series plans a session on these days. What is planned already stays until its series is saved
            again.
          </Trans>
        </p>
      </div>
      <div className="days-off-lists">
        <List title={<Trans>Of this program</Trans>} of={program.id} today={today} mayChange />
        <List title={<Trans>Of the whole house</Trans>} of={null} today={today} mayChange={isAdmin} />
      </div>
    </section>
  );
}

/** The list is said anew as a whole, so what others said meanwhile is fetched first. */
function useHolidays(of: string | null) {
  const queries = useQueryClient();
  const path = holidaysPath(of);
  return useMutation({
    mutationFn: async (change: (all: Holiday[]) => Holiday[]) => {
      const { holidays } = await api<Holidays>("GET", path);
      return api<Holidays>("PUT", path, { body: { holidays: change(holidays) } });
    },
    onSuccess: (said) => {
      queries.setQueryData(holidaysQuery(of).queryKey, said);
      void queries.invalidateQueries({ queryKey: ["series-preview"] });
    },
  });
}

const isSame = (a: Holiday, b: Holiday) =>
  a.name === b.name && a.first_day === b.first_day && a.last_day === b.last_day;

interface ListProps {
  title: ReactNode;
  /** A program; null for the house. */
  of: string | null;
  today: string;
  mayChange: boolean;
}

function List({ title, of, today, mayChange }: ListProps) {
  const { t } = useLingui();
  const id = useId();
  const query = useQuery(holidaysQuery(of));
  const [adding, setAdding] = useState(false);
  const change = useHolidays(of);
  const remove = (one: Holiday) => {
    const { name } = one;
    change.mutate((all) => all.filter((other) => !isSame(one, other)), {
      onSuccess: () => say(t`${name} is no day off any more.`),
    });
  };
  return (
    <div className="grid content-start gap-2">
      <h3 id={id} className="text-md" tabIndex={-1}>
        {title}
      </h3>
      <Loaded query={query} label={t`Loading days off`} rows={1}>
        {({ holidays }) => {
          const ahead = holidays.filter(({ last_day }) => last_day >= today);
          return ahead.length === 0 ? (
            <p className="muted">
              <Trans>None from today on.</Trans>
            </p>
          ) : (
            <ul className="divide" aria-labelledby={id}>
              {ahead.map((one) => {
                const { name } = one;
                return (
                  <li key={`${name} ${one.first_day} ${one.last_day}`} className="day-off">
                    <span className="min-w-0 flex-1">
                      <b>{name}</b>
                      <span className="muted text-sm">{farSpan(one.first_day, one.last_day)}</span>
                    </span>
                    {mayChange && (
                      <Button
                        look="quiet"
                        size="sm"
                        icon
                        aria-label={t`Remove ${name}`}
                        title={t`Remove ${name}`}
                        onClick={() => {
                          remove(one);
                          // Its button goes with it.
                          document.getElementById(id)?.focus();
                        }}
                      >
                        <Trash2 className="i" aria-hidden />
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          );
        }}
      </Loaded>
      {change.error && !adding && <Failed error={change.error} />}
      {mayChange && (
        <Button size="sm" className="justify-self-start" onClick={() => setAdding(true)}>
          <Plus className="i" aria-hidden />
          {of === null ? <Trans>Add days off of the house</Trans> : <Trans>Add days off</Trans>}
        </Button>
      )}
      {adding && <Add of={of} onClose={() => setAdding(false)} />}
    </div>
  );
}

function Add({ of, onClose }: { of: string | null; onClose: () => void }) {
  const { t } = useLingui();
  const change = useHolidays(of);
  const [name, setName] = useState("");
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [tried, setTried] = useState(false);
  const wrong = {
    name: name.trim() === "" ? t`Give the days a name.` : undefined,
    first: first === "" ? t`Choose a day.` : undefined,
    last: last !== "" && last < first ? t`Choose a day that is not before the first.` : undefined,
  };
  // The new one was said last; which place that was, the names of the fields know.
  const said = (field: string) =>
    fieldProblem(change.error, ...Array.from({ length: 200 }, (_, place) => `holidays[${place}].${field}`));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.name ?? wrong.first ?? wrong.last) {
      requestAnimationFrame(focusWrong);
      return;
    }
    const one: Holiday = { name: name.trim(), first_day: first, last_day: last || first };
    change.mutate((all) => [...all, one], {
      onSuccess: () => {
        say(t`The days are off.`);
        onClose();
      },
    });
  };
  return (
    <Dialog title={of === null ? t`Add days off of the house` : t`Add days off`} onClose={onClose}>
      <form className="form" noValidate onSubmit={submit}>
        <TextField
          label={t`What they are called`}
          hint={t`For example Winter break.`}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={tried ? (wrong.name ?? said("name")) : undefined}
        />
        <div className="form-row">
          <TextField
            label={t`First day`}
            type="date"
            value={first}
            onChange={(event) => setFirst(event.target.value)}
            error={tried ? (wrong.first ?? said("first_day")) : undefined}
          />
          <TextField
            label={t`Last day`}
            hint={t`Leave it empty for a single day.`}
            type="date"
            min={first}
            value={last}
            onChange={(event) => setLast(event.target.value)}
            error={tried ? (wrong.last ?? said("last_day")) : undefined}
          />
        </div>
        {change.error && fieldsOf(change.error).length === 0 && <Failed error={change.error} />}
        <div className="actions">
          <Button type="submit" look="primary" busy={change.isPending && <Trans>Adding</Trans>}>
            <Trans>Add these days</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
