// Runs one named scenario: node <script> <address of the server> <name> [arguments…]. A failed assertion ends the process with an error.
const [baseUrl, name, ...rest] = process.argv.slice(2);

export const accountUrl = `${baseUrl}/api/v2`;

export async function run(scenarios) {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`No scenario "${name}". There are: ${Object.keys(scenarios).join(", ")}`);
  await scenario(baseUrl, ...rest);
}

// The error a call is expected to end with; assert.rejects would hide it.
export async function errorOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("The call succeeded but should have failed.");
}
