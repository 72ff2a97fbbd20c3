// A new account, where the organisation lets people make their own.
import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { TextField } from "../../components/ui/field";
import { PasswordField } from "../../components/ui/password-field";
import type { SignedIn } from "../../contract/types";
import { api, setSignedIn } from "../../lib/api";
import { fieldProblem, useProblem } from "../../lib/problems";

export default function RegisterForm() {
  const { t } = useLingui();
  const sentence = useProblem();
  const shape = z.object({
    name: z.string().check(z.trim(), z.minLength(1, t`Write the name you want to be called.`)),
    email: z
      .string()
      .check(z.trim(), z.regex(/.+@.+\..+/, t`Write your email address, like rosa@example.org.`)),
    password: z.string().check(z.minLength(10, t`Use at least 10 characters. A short sentence works well.`)),
  });
  const form = useForm({ resolver: zodResolver(shape), mode: "onTouched" });
  const register = useMutation({
    mutationFn: (given: z.infer<typeof shape>) => api<SignedIn>("POST", "/auth/register", { body: given }),
    onSuccess: setSignedIn,
  });
  const { errors } = form.formState;
  const wrong = (field: "name" | "email" | "password") =>
    errors[field]?.message ?? fieldProblem(register.error, field);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => void form.handleSubmit((given) => register.mutate(given))(event)}
    >
      {register.error && (
        <Banner look="bad" role="alert">
          {sentence(register.error)}
        </Banner>
      )}
      <TextField label={t`Your name`} autoComplete="name" {...form.register("name")} error={wrong("name")} />
      <TextField
        label={t`Email address`}
        type="email"
        autoComplete="email"
        spellCheck={false}
        {...form.register("email")}
        error={wrong("email")}
      />
      <PasswordField
        label={t`Password`}
        hint={t`At least 10 characters. A short sentence works well.`}
        autoComplete="new-password"
        {...form.register("password")}
        error={wrong("password")}
      />
      <Button
        type="submit"
        look="primary"
        size="lg"
        wide
        busy={register.isPending && <Trans>Making your account</Trans>}
      >
        <Trans>Make my account</Trans>
      </Button>
    </form>
  );
}
