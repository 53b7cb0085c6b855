namespace PlexAuth.Cli.Input;

internal static class NewPassword
{
    // From standard input or the environment, else typed twice.
    public static async Task<string> ReadAsync(Invocation invocation, bool fromStandardInput, CancellationToken cancellationToken)
    {
        if (await Secret.Password.FindAsync(invocation.Terminal, fromStandardInput, cancellationToken) is { } given)
            return given;
        if (!invocation.Prompt.Possible)
            throw Secret.Password.Missing();

        var password = await invocation.Prompt.AskHiddenAsync("Password: ", cancellationToken);
        return await invocation.Prompt.AskHiddenAsync("Once more: ", cancellationToken) == password
            ? password
            : throw ToolException.Usage("The two passwords differ. Nothing was done.");
    }
}
