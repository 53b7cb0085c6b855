using System.CommandLine;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class ShowAccountCommand : OperatorCommand
{
    private readonly Argument<string> _account = AccountArgument();

    public ShowAccountCommand(Tool tool)
        : base(tool, "show", "Show one account.", changes: false, "plexauth accounts show alice") => Arguments.Add(_account);

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var account = OperatorAnswers.From(await FindAsync(accounts, invocation.Value(_account)!, cancellationToken));
        invocation.Output.Data(account, Answers.Default.AccountDetailsAnswer, one =>
        [
            $"Id        {one.Id}",
            $"Uuid      {one.Uuid}",
            $"Username  {one.Username}",
            $"Title     {one.Title}",
            $"E-mail    {one.Email}",
            $"Joined    {Table.Day(one.JoinedAt)}",
            $"State     {OperatorAnswers.StateOf(one)}",
        ]);
    }
}
