// Email and password. Kept small on purpose: it is the first thing that loads.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { LogIn } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { TextField } from "../../components/ui/field";
import { PasswordField } from "../../components/ui/password-field";
import type { SignedIn } from "../../contract/types";
import { api, setSignedIn } from "../../lib/api";
import { useProblem } from "../../lib/problems";

interface Given {
  email: string;
  password: string;
}

export function SignInForm() {
  const { t } = useLingui();
  const sentence = useProblem();
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<Partial<Given>>({});
  const signIn = useMutation({
    mutationFn: (given: Given) => api<SignedIn>("POST", "/auth/login", { body: given }),
    // Where to go from here is the route's business: it leads on as soon as somebody is signed in.
    onSuccess: setSignedIn,
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (signIn.isPending) return;
    const data = new FormData(event.currentTarget);
    const given = { email: text(data, "email").trim(), password: text(data, "password") };
    const lacks: Partial<Given> = {};
    if (!given.email.includes("@")) lacks.email = t`Write your email address, like rosa@example.org.`;
    if (!given.password) lacks.password = t`Write your password.`;
    setMissing(lacks);
    const first = Object.keys(lacks)[0];
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    else signIn.mutate(given);
  };

  return (
    <form ref={form} className="form" onSubmit={submit} noValidate>
      {signIn.error && (
        <Banner look="bad" role="alert">
          {sentence(signIn.error)}
        </Banner>
      )}
      <TextField
        label={t`Email address`}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        error={missing.email}
      />
      <PasswordField
        label={t`Password`}
        name="password"
        autoComplete="current-password"
        error={missing.password}
      />
      <Button
        type="submit"
        look="primary"
        size="lg"
        wide
        busy={signIn.isPending && <Trans>Signing in</Trans>}
      >
        <LogIn className="i flip" aria-hidden />
        <Trans>Sign in</Trans>
      </Button>
    </form>
  );
}

const text = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
};
