namespace PlexAuth.Internal.Json;

/// <summary>A model that reads itself from the value the reader stands on.</summary>
internal interface IReadable<out T> where T : IReadable<T>
{
    static abstract T Read(ref LenientReader json);
}
