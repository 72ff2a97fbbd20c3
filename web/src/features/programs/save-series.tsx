// A change of a session that is one of a series: for it alone, those after it, or all; what it does is seen before it is saved.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Failed } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Series, SeriesPreview, Session } from "../../contract/types";
import { api, Refused, type Versioned, versioned } from "../../lib/api";
import { ChangeCounts, PreviewList } from "./preview-list";
import { type Scope, ScopeChoice } from "./scope-choice";
import { type Edited, isOfRule, seriesPatch } from "./series-change";
import { useChanged, useSeriesPreview } from "./use-series";

interface Props {
  session: Versioned<Session>;
  series: Versioned<Series>;
  edited: Edited;
  /** It was saved. */
  onSaved: () => void;
  /** Back to the sheet, where a refusal stands at its fields. */
  onClose: (refusal: unknown) => void;
  /** Somebody wants to see what it is now. */
  onFresh: () => void;
}

/** How many days the rule had before a session: what a number of sessions counts from. */
function useDaysBefore(session: Session, { data: series, version }: Versioned<Series>, isAsked: boolean) {
  const from = (session.original_start ?? session.starts_local).slice(0, 10);
  const { title, starts_local, ends_local, time_zone, rule, except, program_id } = series;
  return useQuery({
    queryKey: ["series-before", series.id, version, from],
    queryFn: async () => {
      const body = { title, starts_local, ends_local, time_zone, rule, except };
      const whole = await api<SeriesPreview>("POST", `/programs/${program_id}/series/preview`, { body });
      const days = [
        ...whole.sessions.map((one) => one.starts_local.slice(0, 10)),
        ...whole.left_out.map((one) => one.day),
      ];
      return days.filter((day) => day < from).length;
    },
    enabled: isAsked,
    retry: false,
  });
}

export function SaveSeries({ session, series, edited, onSaved, onClose, onFresh }: Props) {
  const { t } = useLingui();
  const changed = useChanged();
  const noOne = isOfRule(session.data, edited);
  const [scope, setScope] = useState<Scope>(noOne ? "after" : "one");
  const isCounted = /COUNT=/i.test(series.data.rule) || edited.repeat.ends === "count";
  const before = useDaysBefore(session.data, series, scope === "after" && isCounted);
  const isCounting = scope === "after" && isCounted && before.data === undefined && !before.isError;
  const patch =
    scope === "one" || isCounting
      ? null
      : seriesPatch(scope, session.data, series.data, edited, before.data ?? 0);
  const path = `/series/${series.data.id}`;
  const { preview, error, isFresh } = useSeriesPreview(`${path}/preview`, patch);
  const save = useMutation({
    mutationFn: () =>
      patch === null
        ? versioned<unknown>("PATCH", `/sessions/${session.data.id}`, {
            body: edited.body,
            version: session.version,
          })
        : versioned<unknown>("PATCH", path, { body: patch, version: series.version }),
    onSuccess: async () => {
      await changed();
      say(t`Saved.`);
      onSaved();
    },
  });
  const isStale = save.error instanceof Refused && save.error.status === 412;
  const wrong = save.error ?? error;
  return (
    <Dialog title={t`What shall change?`} onClose={() => onClose(wrong)}>
      <ScopeChoice
        legend={<Trans>The change goes for</Trans>}
        value={scope}
        onChange={(next) => {
          save.reset();
          setScope(next);
        }}
        noOne={noOne}
      />
      {scope !== "one" && (
        <div className="pv">
          <div role="status" className="grid gap-2">
            {preview && !error ? (
              <ChangeCounts preview={preview} />
            ) : (
              !error && (
                <p className="muted">
                  <Trans>Looking at what changes</Trans>
                </p>
              )
            )}
          </div>
          {preview && !error && <PreviewList preview={preview} label={t`What changes`} isChange />}
        </div>
      )}
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
          {scope === "one" ? (
            <Trans>Somebody else changed this session meanwhile. Nothing of yours was saved.</Trans>
          ) : (
            <Trans>Somebody else changed this series meanwhile. Nothing of yours was saved.</Trans>
          )}
        </Banner>
      ) : (
        wrong && <Told error={wrong} />
      )}
      <div className="actions">
        <Button
          look="primary"
          busy={
            save.isPending ? (
              <Trans>Saving</Trans>
            ) : (
              // What nobody has seen is not saved.
              scope !== "one" && !isFresh && !error && <Trans>One moment</Trans>
            )
          }
          onClick={() => save.mutate()}
        >
          {scope === "one" ? <Trans>Save this session</Trans> : <Trans>Save these changes</Trans>}
        </Button>
        <Button onClick={() => onClose(wrong)}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </Dialog>
  );
}

/** The sentences about fields, which stand behind this dialog. */
function Told({ error }: { error: unknown }) {
  const errors = error instanceof Refused ? error.problem.errors : [];
  if (errors.length === 0) return <Failed error={error} />;
  return (
    <Banner look="bad" role="alert">
      {errors.map(({ field, message }) => (
        <p key={field}>{message}</p>
      ))}
    </Banner>
  );
}
