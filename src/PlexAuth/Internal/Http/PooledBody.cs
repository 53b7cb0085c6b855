using System.Buffers;

namespace PlexAuth.Internal.Http;

/// <summary>An answer's body in a rented buffer, which is wiped before it goes back: it may hold tokens.</summary>
internal sealed class PooledBody : IDisposable
{
    public const int MaxLength = 4 * 1024 * 1024;
    private const int FirstLength = 8 * 1024;

    private byte[] _buffer = [];
    private int _length;

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <exception cref="TooLargeException">More than <see cref="MaxLength"/>.</exception>
    public static async Task<PooledBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var body = new PooledBody();
        try
        {
            body.MakeRoom((int)Math.Min(content.Headers.ContentLength + 1 ?? FirstLength, MaxLength + 1));
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read;
            while ((read = await stream.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken).ConfigureAwait(false)) > 0)
                body.Add(read);

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => Replace([]);

    private void Add(int read)
    {
        _length += read;
        if (_length > MaxLength)
            throw new TooLargeException();
        if (_length == _buffer.Length)
            MakeRoom(_length * 2);
    }

    private void MakeRoom(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length);
        Memory.CopyTo(larger);
        Replace(larger);
    }

    private void Replace(byte[] buffer)
    {
        if (_buffer.Length > 0)
        {
            _buffer.AsSpan(0, _length).Clear();
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = buffer;
    }

    /// <summary>Of a type of its own, because a handler that decompresses says other things by <see cref="InvalidDataException"/>.</summary>
    internal sealed class TooLargeException : Exception;
}
