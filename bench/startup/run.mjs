// From launch to the first answered sign-in, by the clock and in processor time, and resident memory after it: the dev server beside two others, each in turn.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";

const here = dirname(fileURLToPath(import.meta.url));
const rounds = Number(process.argv[2] ?? 5);
const tool = join(here, "../../artifacts/publish/PlexAuth.Cli/release/PlexAuth.Cli");
const form = (fields) => ({ method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json", "X-Plex-Client-Identifier": "bench" } });

const contenders = [
  {
    name: "plexauth serve --dev",
    command: (port) => [tool, ["serve", "--dev", "--port", `${port}`]],
    signIn: (url) => fetch(`${url}/api/v2/users/signin`, form({ login: "alice", password: "alice-password" })),
  },
  {
    name: "oidc-provider",
    command: (port) => ["node", [join(here, "oidc-provider.mjs"), `${port}`]],
    signIn: (url) => fetch(`${url}/token`, form({ grant_type: "client_credentials", client_id: "bench", client_secret: "bench-secret" })),
  },
  {
    name: "@stoplight/prism-cli",
    command: (port) => ["node", [join(here, "node_modules/@stoplight/prism-cli/dist/index.js"), "mock", "-p", `${port}`, "-h", "127.0.0.1", join(here, "sign-in.openapi.json")]],
    signIn: (url) => fetch(`${url}/users/signin`, form({ login: "alice", password: "alice-password" })),
  },
];

const freePort = () => new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

// Of the process and those it started. A clock tick of Linux's accounting is 10 ms.
function usageOf(root) {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((id) => {
    try {
      const status = readFileSync(`/proc/${id}/status`, "utf8");
      const times = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1).split(" ");
      return [{
        id: Number(id),
        parent: Number(/PPid:\s+(\d+)/.exec(status)[1]),
        kilobytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0),
        processor: (Number(times[11]) + Number(times[12])) * 10,
      }];
    } catch {
      return [];
    }
  });
  const family = new Set([root]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    processes.filter((one) => family.has(one.parent)).forEach((one) => family.add(one.id));
  }
  const own = processes.filter((one) => family.has(one.id));
  return { megabytes: own.reduce((sum, one) => sum + one.kilobytes, 0) / 1024, processor: own.reduce((sum, one) => sum + one.processor, 0) };
}

async function measure({ name, command, signIn }) {
  const port = await freePort();
  const [program, args] = command(port);
  const started = performance.now();
  const server = spawn(program, args, { stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  try {
    for (;;) {
      try {
        const answer = await signIn(`http://127.0.0.1:${port}`);
        await answer.text();
        if (!answer.ok) throw new Error(`${name} answered ${answer.status}`, { cause: "refused" });
        return { name, milliseconds: performance.now() - started, ...usageOf(server.pid) };
      } catch (error) {
        if (error.cause === "refused" || server.exitCode !== null || performance.now() - started > 120_000) throw error;
        await pause(5);
      }
    }
  } finally {
    server.kill();
    await ended;
  }
}

const results = [];
for (let round = 0; round < rounds; round++) {
  for (const contender of contenders) results.push(await measure(contender));
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const columns = [["first sign-in", "milliseconds", "ms"], ["processor time", "processor", "ms"], ["resident memory", "megabytes", "MB"]];
console.log(["".padEnd(22), ...columns.map(([title]) => title.padStart(18)), `   (medians of ${rounds})`].join(""));
for (const { name } of contenders) {
  const own = results.filter((result) => result.name === name);
  console.log([name.padEnd(22), ...columns.map(([, key, unit]) => `${median(own.map((one) => one[key])).toFixed(0)} ${unit}`.padStart(18))].join(""));
}
