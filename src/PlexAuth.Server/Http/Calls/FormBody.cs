using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PlexAuth.Server.Http.Calls;

/// <summary>Reads forms within limits that no client of the protocol comes near.</summary>
internal static class FormBody
{
    public const int MaxValueLength = 8 * 1024;

    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = 64,
        KeyLengthLimit = 128,
        ValueLengthLimit = MaxValueLength,
        BufferBodyLengthLimit = KestrelLimits.MaxRequestBodySize,
        MultipartBodyLengthLimit = KestrelLimits.MaxRequestBodySize,
    };

    /// <exception cref="InvalidDataException">Malformed, or over a limit.</exception>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return null;

        var form = new FormFeature(request, Limits);
        request.HttpContext.Features.Set<IFormFeature>(form);
        try
        {
            return await form.ReadFormAsync(cancellationToken);
        }
        catch (IOException e) when (e is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidDataException("The form breaks off.", e);
        }
        catch (NotSupportedException e)
        {
            throw new InvalidDataException("The form's character set is one that .NET no longer reads, UTF-7.", e);
        }
    }
}
