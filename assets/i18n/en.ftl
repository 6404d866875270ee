app-name = Maakblok
