using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PlexAuth.Server.Http.Calls;

/// <summary>What every endpoint needs to know of a call: who says to be calling, with which token, and in which shape the answer is wanted.</summary>
/// <remarks>An X-Plex value is taken from the header, else the query, else the form.</remarks>
internal sealed class PlexRequest
{
    private readonly HttpRequest _request;
    private readonly bool _allowQueryToken;
    private readonly bool _strict;
    private string? _token;

    public PlexRequest(HttpContext context, ProtocolPath path, bool allowQueryToken, bool strict)
    {
        _request = context.Request;
        _allowQueryToken = allowQueryToken;
        _strict = strict;
        var userAgent = _request.Headers.UserAgent.ToString();
        Role = path.Role;
        IsLegacyAccount = path.IsLegacyAccount;
        LegacyFormat = path.Suffix ?? PlexFormat.Xml;
        Format = FormatNegotiation.Choose(path.Suffix, _request.Headers.Accept.ToString(), userAgent);
        AccountShape = Format == PlexFormat.Json ? Quirks.AccountShapeFor(userAgent) : AccountShape.Documented;
    }

    public PlexRole Role { get; }

    /// <inheritdoc cref="ProtocolPath.IsLegacyAccount"/>
    public bool IsLegacyAccount { get; }

    public PlexFormat Format { get; }

    /// <summary>For what only ever answered XML: that, unless the path says <c>.json</c>.</summary>
    public PlexFormat LegacyFormat { get; }

    public AccountShape AccountShape { get; }

    /// <summary>The body, where it is a form.</summary>
    public IFormCollection? Form
    {
        get;
        set
        {
            // It may hold a second token.
            field = value;
            if (value is not null)
                _token = null;
        }
    }

    /// <summary>What the route threw, to be answered by the front door.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    /// <summary>Ends the call when it has taken too long.</summary>
    public CancellationTokenSource? Deadline { private get; set; }

    /// <summary>The token as it came, null if there is none. Two that differ, or one sent twice, are no token at all but a malformed call.</summary>
    public string? Token => _token ??= Single(Tokens());

    /// <summary>The token, or one of several, stands in the address, where proxies log it.</summary>
    public bool HasQueryToken => _allowQueryToken && _request.QueryString.HasValue && _request.Query.ContainsKey(PlexHeaders.Token);

    /// <summary>Header lines of one name may arrive joined by a comma, which no token holds.</summary>
    public bool HasSeveralTokens => Tokens() is { Count: > 1 } || Token?.Contains(',', StringComparison.Ordinal) is true;

    /// <summary>Why <see cref="Client"/> is null.</summary>
    public PlexErrorCode? ClientProblem
    {
        get
        {
            var identifier = Received(PlexHeaders.ClientIdentifier);
            return string.IsNullOrEmpty(identifier) ? PlexErrorCode.ClientIdentifierMissing
                : identifier.Count > 1 || !IdentityText.IsOpaque(identifier.ToString()) ? PlexErrorCode.BadRequest
                : null;
        }
    }

    /// <summary>Why a call that needs a token is refused over its client identifier.</summary>
    /// <remarks>Older SDKs send none but to sign in. Beside a token it may be missing, though not malformed: a dead token must be heard of as that.</remarks>
    public PlexErrorCode? AuthorizedClientProblem =>
        ClientProblem is { } problem && (_strict || Token is null || problem != PlexErrorCode.ClientIdentifierMissing) ? problem : null;

    public ClientIdentity? Client => ClientProblem is not null ? null : new ClientIdentity(Received(PlexHeaders.ClientIdentifier).ToString())
    {
        Product = Text(PlexHeaders.Product),
        Version = Text(PlexHeaders.Version),
        Platform = Text(PlexHeaders.Platform),
        PlatformVersion = Text(PlexHeaders.PlatformVersion),
        Device = Text(PlexHeaders.Device),
        DeviceName = Text(PlexHeaders.DeviceName),
        DeviceVendor = Text(PlexHeaders.DeviceVendor),
        Model = Text(PlexHeaders.Model),
        Marketplace = Text(PlexHeaders.Marketplace),
        Provides = Text(PlexHeaders.Provides),
        Language = Text(PlexHeaders.Language),
    };

    /// <summary>For what takes as long as its caller makes it: from here on, only the caller ends the call.</summary>
    public void TakeTime() => Deadline?.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>A parameter of the operation itself: query, else form. Null if it is missing or was given more than once.</summary>
    public string? Parameter(string name)
    {
        var values = _request.Query[name];
        if (values.Count == 0 && Form is not null)
            values = Form[name];

        return Single(values);
    }

    public static ValueTask<PlexRequest?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<PlexRequest>());

    private static string? Single(StringValues values) => values is [{ Length: > 0 } value] ? value : null;

    private StringValues Tokens()
    {
        var found = NonEmpty(_request.Headers[PlexHeaders.Token]);
        if (_allowQueryToken && _request.QueryString.HasValue)
            found = Merged(found, NonEmpty(_request.Query[PlexHeaders.Token]));

        return Form is null ? found : Merged(found, NonEmpty(Form[PlexHeaders.Token]));
    }

    private static StringValues NonEmpty(StringValues values) => values is [""] ? StringValues.Empty : values;

    private static StringValues Merged(StringValues first, StringValues second) =>
        first.Count == 1 && first.Equals(second) ? first : StringValues.Concat(first, second);

    private StringValues Received(string name)
    {
        var values = _request.Headers[name];
        if (StringValues.IsNullOrEmpty(values) && _request.QueryString.HasValue)
            values = _request.Query[name];

        return StringValues.IsNullOrEmpty(values) && Form is not null ? Form[name] : values;
    }

    private string? Text(string name)
    {
        if (Received(name) is not [{ } value, ..])
            return null;

        var text = IdentityText.Clean(_request.Headers.ContainsKey(name) ? IdentityText.FromHeader(value) : value);
        return text.Length == 0 ? null : text;
    }
}
