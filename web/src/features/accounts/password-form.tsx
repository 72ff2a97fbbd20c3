// A new password; the present one proves that it is really you.
import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";

import { Button } from "../../components/ui/button";
import { Failed } from "../../components/ui/loaded";
import { PasswordField } from "../../components/ui/password-field";
import { say } from "../../components/ui/toast";
import type { Me } from "../../contract/types";
import { api } from "../../lib/api";
import { fieldProblem } from "../../lib/problems";

export function PasswordForm({ email }: { email: string }) {
  const { t } = useLingui();
  const shape = z.object({
    current_password: z.string().check(z.minLength(1, t`Write the password you have now.`)),
    new_password: z
      .string()
      .check(z.minLength(10, t`Use at least 10 characters. A short sentence works well.`)),
  });
  const form = useForm({ resolver: zodResolver(shape), mode: "onTouched" });
  const change = useMutation({
    mutationFn: (given: z.infer<typeof shape>) => api<Me>("PATCH", "/me", { body: given }),
    onSuccess: () => {
      form.reset({ current_password: "", new_password: "" });
      say(t`Your password is changed.`);
    },
  });
  const wrong = (field: "current_password" | "new_password") =>
    form.formState.errors[field]?.message ?? fieldProblem(change.error, field);
  return (
    <form
      className="form max-w-lg"
      noValidate
      onSubmit={(event) => void form.handleSubmit((given) => change.mutate(given))(event)}
    >
      {change.error && <Failed error={change.error} />}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t`Password you have now`}
        autoComplete="current-password"
        {...form.register("current_password")}
        error={wrong("current_password")}
      />
      <PasswordField
        label={t`New password`}
        hint={t`At least 10 characters. A short sentence works well.`}
        autoComplete="new-password"
        {...form.register("new_password")}
        error={wrong("new_password")}
      />
      <div className="actions">
        <Button type="submit" busy={change.isPending && <Trans>Changing</Trans>}>
          <Trans>Change my password</Trans>
        </Button>
      </div>
    </form>
  );
}
