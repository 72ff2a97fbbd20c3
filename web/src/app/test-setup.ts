// What every test of the front end begins with: the English catalogue.
import { i18n } from "@lingui/core";
import { configure } from "@testing-library/react";

i18n.loadAndActivate({ locale: "en", messages: {} });

// What is waited for comes when it comes: parts that are loaded when they are needed take their time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });
