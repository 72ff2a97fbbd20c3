// Compiles Lingui's macros, the one thing here that needs Babel. In a build, each English message is compiled where it is
// used: so the catalogue of the source language is never loaded, and a page brings only its own words.
import { type PluginObj, transformAsync, types as t } from "@babel/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

const isNamed = (
  property: t.ObjectExpression["properties"][number],
  name: string,
): property is t.ObjectProperty => t.isObjectProperty(property) && t.isIdentifier(property.key, { name });

/** What the macros leave behind is `{ id: "…", message: "…" }`; the message becomes what a catalogue would hold. */
function compileInPlace(): PluginObj {
  return {
    visitor: {
      Program: {
        exit(program) {
          program.traverse({
            ObjectExpression({ node }) {
              const message = node.properties.find((property) => isNamed(property, "message"));
              if (!message || !node.properties.some((property) => isNamed(property, "id"))) return;
              const { value } = message as t.ObjectProperty;
              if (t.isStringLiteral(value))
                (message as t.ObjectProperty).value = t.valueToNode(compileMessage(value.value));
            },
          });
        },
      },
    },
  };
}

export function linguiMacros(): Plugin {
  let inPlace: (() => PluginObj)[] = [];
  return {
    name: "lingui-macros",
    enforce: "pre",
    configResolved({ command, mode }) {
      // Tests and the development server compile messages while they run.
      inPlace = command === "build" && mode !== "test" ? [compileInPlace] : [];
    },
    async transform(code, id) {
      if (!/\/src\/.*\.tsx?(\?.*)?$/.test(id) || !code.includes("@lingui/")) return null;
      const result = await transformAsync(code, {
        filename: id.replace(/\?.*$/, ""),
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        plugins: [["@lingui/babel-plugin-lingui-macro", { stripMessageField: false }], ...inPlace],
      });
      return result?.code ? { code: result.code, map: result.map ?? null } : null;
    },
  };
}
