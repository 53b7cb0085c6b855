Console.WriteLine("PlexAuth");
