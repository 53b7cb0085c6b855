using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Accounts;

/// <summary>Account bodies. One that is asked for again and again is rendered once as long as its grant lives.</summary>
internal sealed class AccountAnswers(PublicAddress address, TimeProvider time)
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(14);

    public byte[] ForGrant(TokenGrant grant, PlexRequest request)
    {
        var name = DocumentName(request);
        return grant.Documents.TryGetValue(name, out var rendered) ? rendered
            : grant.Documents.GetOrAdd(name, Wire(grant.Account, new PlexToken(request.Token!)).Render(request.Format, request.AccountShape));
    }

    public byte[] AfterSignIn(SignInResult.SignedIn signedIn, PlexRequest request) =>
        Wire(signedIn.Account, signedIn.Token).Render(request.Format, request.AccountShape, afterSignIn: true);

    public byte[] LegacyForGrant(TokenGrant grant, PlexRequest request) => LegacyAccountWire.Render(request.Format, Wire(grant.Account, new PlexToken(request.Token!)));

    public byte[] LegacyAfterSignIn(SignInResult.SignedIn signedIn, PlexRequest request) => LegacyAccountWire.Render(request.Format, Wire(signedIn.Account, signedIn.Token));

    public byte[] LegacyAfterSignIn(SignInResult.SignedIn signedIn, PlexFormat format) => LegacyAccountWire.Render(format, Wire(signedIn.Account, signedIn.Token));

    private AccountWire Wire(Account account, PlexToken token) => new(account, token, time.GetUtcNow() + RememberedFor, address.Value);

    private static string DocumentName(PlexRequest request) => (request.Format, request.AccountShape) switch
    {
        (PlexFormat.Xml, _) => "user.xml",
        (_, AccountShape.ThreeFieldProfile) => "user-three-field-profile.json",
        (_, AccountShape.NoNulls) => "user-no-nulls.json",
        _ => "user.json",
    };
}
