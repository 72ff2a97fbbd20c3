// Another password, by the link of a mail. The secret stands in the fragment: opening the page uses nothing up.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button, button } from "../../components/ui/button";
import { Failed, Skeleton } from "../../components/ui/loaded";
import { PasswordField } from "../../components/ui/password-field";
import { api, Refused } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { fieldProblem } from "../../lib/problems";
import { useFragment } from "./fragment";
import { SkySide } from "./sky-side";

const isUsed = (error: unknown) => error instanceof Refused && error.status === 404;

export function ResetPage() {
  const { t } = useLingui();
  const { secret: token } = useFragment();
  usePageTitle(t`Choose a new password`);
  const check = useQuery({
    queryKey: ["reset", token],
    queryFn: () => api<null>("POST", "/auth/reset/check", { body: { token } }).then(() => true),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const reset = useMutation({
    mutationFn: (password: string) => api<null>("POST", "/auth/reset", { body: { token, password } }),
  });
  const used = isUsed(reset.error) || isUsed(check.error);
  return (
    <div className="auth" data-shell="participant">
      <SkySide />
      <main id="main" className="auth-form">
        <div className="grid gap-6">
          {reset.isSuccess && <Changed />}
          {used && !reset.isSuccess && <Used />}
          {!used && !reset.isSuccess && (
            <>
              <h1>
                <Trans>Choose a new password</Trans>
              </h1>
              {check.isPending && <Skeleton label={t`Looking at your link`} rows={2} />}
              {check.error && <Failed error={check.error} onRetry={() => void check.refetch()} />}
              {check.data && (
                <NewPassword error={reset.error} isPending={reset.isPending} onChosen={reset.mutate} />
              )}
            </>
          )}
        </div>
      </main>
    </div>
  );
}

interface Choosing {
  error: Error | null;
  isPending: boolean;
  onChosen: (password: string) => void;
}

function NewPassword({ error, isPending, onChosen }: Choosing) {
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const given = new FormData(event.currentTarget).get("password");
    const password = typeof given === "string" ? given : "";
    setShort(password.length < 10);
    if (password.length >= 10) onChosen(password);
    else form.current?.querySelector<HTMLInputElement>("[name=password]")?.focus();
  };
  return (
    <form ref={form} className="form" onSubmit={submit} noValidate>
      {error && <Failed error={error} />}
      <PasswordField
        label={t`New password`}
        hint={t`At least 10 characters. A short sentence works well.`}
        name="password"
        autoComplete="new-password"
        error={
          short
            ? t`Use at least 10 characters. A short sentence works well.`
            : fieldProblem(error, "password")
        }
      />
      <p className="muted">
        <Trans>Everywhere else you are signed out. There you sign in again with the new one.</Trans>
      </p>
      <Button type="submit" look="primary" size="lg" wide busy={isPending && <Trans>Changing</Trans>}>
        <Trans>Change my password</Trans>
      </Button>
    </form>
  );
}

/** What is new on the page is where reading goes on. */
function useFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return heading;
}

function Changed() {
  const heading = useFocus();
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Your password is changed</Trans>
      </h1>
      <Banner look="good">
        <Trans>Sign in with it now. We also sent you a mail that says so.</Trans>
      </Banner>
      <p>
        <Link to="/sign-in" className={button({ look: "primary" })}>
          <Trans>Go to sign in</Trans>
        </Link>
      </p>
    </>
  );
}

function Used() {
  const heading = useFocus();
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        <Trans>This link does not work any more</Trans>
      </h1>
      <Banner look="warn">
        <Trans>A link works once and for one hour. Ask for a new one.</Trans>
      </Banner>
      <p>
        <Link to="/forgot" className={button({ look: "primary" })}>
          <Trans>Ask for a new link</Trans>
        </Link>
      </p>
    </>
  );
}
