// What this server can play: options and their bounds, asked for once.

/** @type {Promise<any>|null} */
let asked = null;

/** Every kind with a JSON Schema for each option; {} when it cannot be had now. @returns {Promise<any>} */
export const kinds = () => {
  asked = asked || fetch("/api/kinds").then((answer) => answer.json()).catch(() => {
    asked = null;
    return {};
  });
  return asked;
};
