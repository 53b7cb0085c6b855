using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Pages;

/// <summary>The accounts of this server, for its owner.</summary>
internal static class AccountListEndpoints
{
    public static void MapAccountList(this IEndpointRouteBuilder api) => api.MapGet("/accounts", ListAsync).Requires(SessionRequirement.Owner);

    private static async Task<IResult> ListAsync(AccountStore accounts, CancellationToken cancellationToken)
    {
        IReadOnlyList<AccountRowAnswer> answer = [.. (await accounts.ListAsync(cancellationToken)).Select(AccountRowAnswer.Of)];
        return TypedResults.Json(answer, PageJson.Default.IReadOnlyListAccountRowAnswer);
    }
}
