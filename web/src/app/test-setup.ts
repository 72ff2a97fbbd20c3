// What every test of the front end begins with: the English catalogue.
import { i18n } from "@lingui/core";

i18n.loadAndActivate({ locale: "en", messages: {} });
