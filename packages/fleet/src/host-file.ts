/** The text of a new host's file. */
export function hostFile(name: string, address: string): string {
  return `import { debian } from "@croft/debian";
import { defineHost } from "@croft/evaluator";

export default defineHost(${JSON.stringify(name)}, {
  platform: debian({ address: ${JSON.stringify(address)} }),
  services: [],
});
`;
}
