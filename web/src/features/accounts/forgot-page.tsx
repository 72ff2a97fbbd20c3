// A forgotten password: the address, then what happens next. Whether anybody has the address is told to nobody.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { TextField } from "../../components/ui/field";
import { Failed } from "../../components/ui/loaded";
import { api } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { fieldProblem } from "../../lib/problems";
import { SkySide } from "./sky-side";

export function ForgotPage() {
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState(false);
  usePageTitle(t`Forgot your password?`);
  const ask = useMutation({
    mutationFn: (email: string) => api<null>("POST", "/auth/forgot", { body: { email } }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (ask.isPending) return;
    const given = new FormData(event.currentTarget).get("email");
    const email = typeof given === "string" ? given.trim() : "";
    setMissing(!email.includes("@"));
    if (email.includes("@")) ask.mutate(email);
    else form.current?.querySelector<HTMLInputElement>("[name=email]")?.focus();
  };
  return (
    <div className="auth" data-shell="participant">
      <SkySide />
      <main id="main" className="auth-form">
        <div className="grid gap-6">
          <h1>
            <Trans>Forgot your password?</Trans>
          </h1>
          {ask.isSuccess ? (
            <Banner look="good" role="status">
              <Trans>
                Look into your mail. If {ask.variables} has an account here, we send a link to choose a new
                password. It works for one hour.
              </Trans>
            </Banner>
          ) : (
            <form ref={form} className="form" onSubmit={submit} noValidate>
              {ask.error && <Failed error={ask.error} />}
              <TextField
                label={t`Email address`}
                hint={t`We send you a link to choose a new password.`}
                name="email"
                type="email"
                autoComplete="username"
                inputMode="email"
                autoCapitalize="none"
                spellCheck={false}
                error={
                  missing
                    ? t`Write your email address, like rosa@example.org.`
                    : fieldProblem(ask.error, "email")
                }
              />
              <Button
                type="submit"
                look="primary"
                size="lg"
                wide
                busy={ask.isPending && <Trans>Sending</Trans>}
              >
                <Trans>Email me a link</Trans>
              </Button>
            </form>
          )}
          <p className="muted">
            <Trans>
              Does no mail come, or do you have no email address? Ask the people who run your program.
            </Trans>
          </p>
          <p>
            <Link to="/sign-in" className="link link-row">
              <Trans>Go to sign in</Trans>
            </Link>
          </p>
        </div>
      </main>
    </div>
  );
}
