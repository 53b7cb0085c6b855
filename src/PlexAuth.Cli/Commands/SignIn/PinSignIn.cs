namespace PlexAuth.Cli.Commands.SignIn;

// Shows a code to be allowed in a browser, here or on another device, and waits for that.
internal sealed class PinSignIn(Invocation invocation, bool opensBrowser)
{
    public async Task<PlexToken> RunAsync(PlexPinClient pins, PlexSigningKey? deviceKey, CancellationToken cancellationToken)
    {
        var signIn = await pins.StartSignInAsync(new PlexPinRequest { DeviceKey = deviceKey }, cancellationToken: cancellationToken);
        Show(signIn);
        if (opensBrowser && invocation.Terminal.OpenBrowser(signIn.Address))
            invocation.Output.Say("Your browser has been asked to open that page.");

        try
        {
            return await invocation.Output.WaitAsync("Waiting for you to allow it. Ctrl+C ends this.", signIn.WaitForTokenAsync(cancellationToken));
        }
        catch (PlexPinExpiredException expired)
        {
            throw ToolException.SignInNeeded($"{expired.Message} That is: plexauth signin");
        }
    }

    private void Show(PlexPinSignIn signIn)
    {
        if (invocation.Output.Json)
            invocation.Output.Data(new PinAnswer(signIn.Code, signIn.Address, signIn.LinkAddress, signIn.ExpiresAt), Answers.Default.PinAnswer, _ => "");

        var minutes = Math.Round((signIn.ExpiresAt - TimeProvider.System.GetUtcNow()).TotalMinutes);
        invocation.Output.Tell($"Open {signIn.Address}");
        invocation.Output.Tell($"or enter {signIn.Code} at {signIn.LinkAddress} on any device, within {minutes:0} min.");
        // The link page's address is short enough for a picture that fits a terminal.
        invocation.Output.Say("Or scan this:");
        invocation.Output.Draw($"{signIn.LinkAddress}/?pin={signIn.Code}");
    }
}
