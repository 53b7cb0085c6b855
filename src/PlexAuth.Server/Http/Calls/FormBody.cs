using System.Text;
using System.Text.Unicode;
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

        try
        {
            await RequireUtf8Async(request, cancellationToken);
            var form = new FormFeature(request, Limits);
            request.HttpContext.Features.Set<IFormFeature>(form);
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

    /// <summary>What cannot be read would be read as U+FFFD, and a password of such characters would be the same as any other of as many.</summary>
    private static async Task RequireUtf8Async(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.GetTypedHeaders().ContentType?.Encoding is { } encoding && !encoding.Equals(Encoding.UTF8))
            return;

        var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken);
        if (!Utf8.IsValid(content.GetBuffer().AsSpan(0, (int)content.Length)))
            throw new InvalidDataException("The form is not UTF-8.");
        content.Position = 0;
        request.Body = content;
    }
}
