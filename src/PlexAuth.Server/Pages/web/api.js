// The pages' own API. Every unsafe call carries the antiforgery token that the session answer gave.

let antiforgery = '';

export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? '';
    this.retryAfter = retryAfter;
  }
}

export async function call(method, path, body) {
  const response = await fetch(`/account/api/${path}`, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-PlexAuth-Antiforgery': antiforgery },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
    redirect: 'error',
  });
  const answer = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer ?? {}, response.headers.get('Retry-After'));

  if (answer?.antiforgery) antiforgery = answer.antiforgery;
  return answer;
}
