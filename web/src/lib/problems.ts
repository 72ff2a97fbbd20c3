// A refusal as a sentence in the person's language. The server's own English sentence stands in where we have none.
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react";

import { Refused } from "./api";

const SENTENCES: Record<string, MessageDescriptor> = {
  offline: msg`We cannot reach the server. Check your connection, then try again.`,
  broken: msg`Something broke on our side. Try again in a moment.`,
  unavailable: msg`We are not ready just now. Try again in a moment.`,
  "wrong-credentials": msg`This email address and password do not fit together. Check both, or ask the person who runs your program.`,
  "too-many-tries": msg`That were many tries. Wait a few minutes, then try again.`,
  "email-taken": msg`There is an account with this email address already. Sign in instead.`,
  "registration-closed": msg`New accounts are made by the person who runs your program. Ask them for one.`,
  "link-not-valid": msg`This link does not work any more. Ask for a new one.`,
  "set-up-link-used": msg`This set-up link was used already. Sign in instead.`,
  "not-found": msg`This is not there, or it is not yours to see.`,
  "may-not": msg`You may not do that. Ask somebody who runs the program.`,
  "sign-in-first": msg`Sign in first, then try again.`,
  "changed-meanwhile": msg`Somebody else changed this meanwhile. Look at it again, then make your change once more.`,
  "already-enrolled": msg`This person has a place or waits in line already.`,
  "not-published": msg`This program is not published yet.`,
  archived: msg`This program is archived and takes nobody in any more.`,
  "has-history": msg`People took part in this, so it stays. You can archive it instead.`,
  "not-open-yet": msg`The room is not open yet.`,
  "already-over": msg`This session is over.`,
  "already-live": msg`This session is live already.`,
  "session-cancelled": msg`This session was cancelled.`,
  "slug-taken": msg`Another program has this address already. Choose another one.`,
};

/** Sentences that a part of the pages alone needs, and brings with it: the first load is small. */
export function learnSentences(more: Record<string, MessageDescriptor>): void {
  Object.assign(SENTENCES, more);
}

export function useProblem(): (error: unknown) => string {
  const { _ } = useLingui();
  return (error) => {
    if (!(error instanceof Refused)) return _(SENTENCES.broken!);
    const known = SENTENCES[error.type];
    return known ? _(known) : error.problem.detail || _(SENTENCES.broken!);
  };
}

/** The sentence about one field of a form, if the server refused it. */
export function fieldProblem(error: unknown, ...names: string[]): string | undefined {
  if (!(error instanceof Refused)) return undefined;
  return names.map((name) => error.field(name)).find(Boolean);
}
