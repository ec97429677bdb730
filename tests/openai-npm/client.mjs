// Asks a server by OpenAI's own client: node client.mjs ADDRESS CALL TEXT. Prints one line of JSON with what the client makes of the answer.
import OpenAI from "openai";

const [address, call, text] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${address}v1`, apiKey: "none", maxRetries: 0 });
const asked = { model: "m", messages: [{ role: "user", content: text }] };

const calls = {
  async moderation() {
    const answer = await client.moderations.create({ input: text.split("|"), model: "m" });
    return { flagged: answer.results.map((result) => result.flagged), categories: Object.keys(answer.results[0].categories).length };
  },

  async chat() {
    const answer = await client.chat.completions.create(asked);
    return { text: answer.choices[0].message.content, finish: answer.choices[0].finish_reason };
  },

  async stream() {
    const said = { text: "", finish: null, usage: null };
    for await (const chunk of await client.chat.completions.create({ ...asked, stream: true, stream_options: { include_usage: true } })) {
      said.text += chunk.choices[0]?.delta?.content ?? "";
      said.finish = chunk.choices[0]?.finish_reason ?? said.finish;
      said.usage = chunk.usage?.total_tokens ?? said.usage;
    }

    return said;
  },

  async responses() {
    const said = { text: "", status: null, reason: null };
    for await (const event of await client.responses.create({ model: "m", input: text, stream: true })) {
      said.text += event.type === "response.output_text.delta" ? event.delta : "";
      said.status = event.response?.status ?? said.status;
      said.reason = event.response?.incomplete_details?.reason ?? said.reason;
    }

    return said;
  },
};

try {
  console.log(JSON.stringify(await calls[call]()));
} catch (fault) {
  console.log(JSON.stringify({ error: fault.constructor.name, status: fault.status ?? null, code: fault.code ?? null }));
}
