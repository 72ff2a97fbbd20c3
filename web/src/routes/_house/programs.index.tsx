// The catalogue.
import { createFileRoute } from "@tanstack/react-router";

import { CataloguePage } from "../../features/programs/catalogue-page";

export const Route = createFileRoute("/_house/programs/")({ component: CataloguePage });
