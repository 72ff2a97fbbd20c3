// The three questions of set-up.
import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import type { UseMutationResult } from "@tanstack/react-query";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { TextField } from "../../components/ui/field";
import { PasswordField } from "../../components/ui/password-field";
import { Stepper } from "../../components/ui/stepper";
import type { SignedIn } from "../../contract/types";
import { fieldProblem, useProblem } from "../../lib/problems";

export interface SetUpAnswers {
  organisation: string;
  name: string;
  email: string;
  password: string;
}
type Field = keyof SetUpAnswers;
const FIELDS: Field[][] = [["organisation"], ["name", "email"], ["password"]];

export function SetUpSteps({ setUp }: { setUp: UseMutationResult<SignedIn, Error, SetUpAnswers> }) {
  const { t } = useLingui();
  const sentence = useProblem();
  const [step, setStep] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useForm({ resolver: zodResolver(useShape()), mode: "onTouched" });
  const { errors } = form.formState;
  const wrong = (field: Field) => errors[field]?.message ?? fieldProblem(setUp.error, field);

  useEffect(() => {
    if (step > 0) heading.current?.focus();
  }, [step]);

  const next = async () => {
    if (!(await form.trigger(FIELDS[step] ?? [], { shouldFocus: true }))) return;
    if (step < 2) setStep(step + 1);
    else await form.handleSubmit((answers) => setUp.mutate(answers))();
  };
  const title = [t`What is your organisation called?`, t`Who are you?`, t`Choose a password`][step];
  return (
    <form
      className="grid gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void next();
      }}
    >
      <Stepper steps={[t`Your organisation`, t`You`, t`Password`]} current={step} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {setUp.error && (
        <Banner look="bad" role="alert">
          {sentence(setUp.error)}
        </Banner>
      )}
      <div className="grid max-w-lg gap-5">
        {step === 0 && (
          <TextField
            label={t`Name of the organisation`}
            hint={t`People see it at the top of every page.`}
            autoComplete="organization"
            {...form.register("organisation")}
            error={wrong("organisation")}
          />
        )}
        {step === 1 && (
          <>
            <TextField
              label={t`Your name`}
              autoComplete="name"
              {...form.register("name")}
              error={wrong("name")}
            />
            <TextField
              label={t`Email address`}
              hint={t`You sign in with it.`}
              type="email"
              autoComplete="email"
              spellCheck={false}
              {...form.register("email")}
              error={wrong("email")}
            />
          </>
        )}
        {step === 2 && (
          <PasswordField
            label={t`Password`}
            hint={t`At least 10 characters. A short sentence works well.`}
            autoComplete="new-password"
            {...form.register("password")}
            error={wrong("password")}
          />
        )}
      </div>
      <div className="actions justify-between pt-4">
        {step > 0 ? (
          <Button onClick={() => setStep(step - 1)}>
            <ArrowLeft className="i flip" aria-hidden />
            <Trans>Back</Trans>
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit" look="primary" size="lg" busy={setUp.isPending && <Trans>Setting up</Trans>}>
          {step < 2 ? <Trans>Continue</Trans> : <Trans>Finish set-up</Trans>}
          <ArrowRight className="i flip" aria-hidden />
        </Button>
      </div>
    </form>
  );
}

function useShape() {
  const { t } = useLingui();
  return z.object({
    organisation: z.string().check(z.trim(), z.minLength(1, t`Write the name people know you by.`)),
    name: z.string().check(z.trim(), z.minLength(1, t`Write the name you want to be called.`)),
    email: z
      .string()
      .check(z.trim(), z.regex(/.+@.+\..+/, t`Write your email address, like rosa@example.org.`)),
    password: z.string().check(z.minLength(10, t`Use at least 10 characters. A short sentence works well.`)),
  });
}
