// What is fetched: shapes while it comes, a sentence and "Try again" when it does not.
import { Trans } from "@lingui/react/macro";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";

import { Refused } from "../../lib/api";
import { useProblem } from "../../lib/problems";
import { Banner } from "./banner";
import { Button } from "./button";

interface Props<T> {
  query: UseQueryResult<T>;
  /** "Loading your day" */
  label: string;
  /** How many shapes stand in for what comes. */
  rows?: number;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, label, rows = 3, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton label={label} rows={rows} />;
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const sentence = useProblem()(error);
  const isFinal = error instanceof Refused && [403, 404].includes(error.status);
  return (
    <Banner
      look="bad"
      role="alert"
      action={
        onRetry && !isFinal ? (
          <Button onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        ) : undefined
      }
    >
      {sentence}
    </Banner>
  );
}

/** Quick answers never flash a skeleton: it comes after 300 ms. */
export function Skeleton({ label, rows = 3 }: { label: string; rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">{late ? label : ""}</span>
      {late &&
        Array.from({ length: rows }, (_, row) => <div key={row} className="skeleton-row" aria-hidden />)}
    </div>
  );
}
