### Maakblok, English. Sentence case; no full stop after one line; … when more will be asked.

app-name = Maakblok
app-claim = A studio for the block that makes

## keys
key-shift = Shift
key-delete = Del
key-escape = Esc
key-enter = Enter

## menus
menu = Menu
menu-file = File
menu-edit = Edit
menu-storey = Storeys
menu-tool = Tools
menu-view = View
menu-look = Language and theme
menu-help = Help

## commands
cmd-new = New project
cmd-new-tip = Start an empty project
cmd-new-words = create blank empty start
cmd-open = Open…
cmd-open-tip = Open a project or an exchange file
cmd-open-words = load file project read
cmd-save = Save
cmd-save-tip = Write the project to its file
cmd-save-words = store write disk
cmd-save-as = Save as…
cmd-save-as-tip = Write the project to another file
cmd-save-as-words = copy rename store write
cmd-import = Import…
cmd-import-tip = Bring in plots, volumes and context from GeoJSON
cmd-import-words = geojson map data context read
cmd-export = Export…
cmd-export-tip = Hand on as picture, GeoJSON or table of figures
cmd-export-words = svg png csv geojson picture table figures print
cmd-start = Start screen
cmd-start-tip = Recent projects, cases, a new place
cmd-start-words = home close recent cases welcome
cmd-quit = Quit
cmd-quit-tip = Close Maakblok
cmd-quit-words = exit close leave
cmd-undo = Undo
cmd-undo-tip = Take back the last change
cmd-undo-words = back revert
cmd-redo = Redo
cmd-redo-tip = Make the last undone change again
cmd-redo-words = again forward repeat
cmd-undo-list = List of changes
cmd-undo-list-tip = Every change by name; click to go there
cmd-undo-list-words = history undo steps
cmd-delete = Delete
cmd-delete-tip = Remove what is selected
cmd-delete-words = remove erase clear
cmd-duplicate = Duplicate
cmd-duplicate-tip = A copy of what is selected, beside it
cmd-duplicate-words = copy clone paste
cmd-select-all = Select all
cmd-select-all-tip = Select everything in the variant
cmd-select-all-words = everything
cmd-select-none = Select none
cmd-select-none-tip = Let the selection go
cmd-select-none-words = deselect nothing clear
cmd-new-variant = New variant
cmd-new-variant-tip = A copy of the open variant, in a tab of its own
cmd-new-variant-words = option scenario alternative tab copy
cmd-remove-variant = Remove variant
cmd-remove-variant-tip = Remove the open variant; undo brings it back
cmd-remove-variant-words = option scenario tab delete close
cmd-add-storey = Add storey
cmd-add-storey-tip = One more storey on top of the selected volumes
cmd-add-storey-words = floor level up stack
cmd-add-basement = Add storey below ground
cmd-add-basement-tip = A storey under the selected volumes
cmd-add-basement-words = basement cellar parking underground
cmd-duplicate-storey = Duplicate storey
cmd-duplicate-storey-tip = The selected storey again, above it
cmd-duplicate-storey-words = copy floor level
cmd-remove-storey = Remove storey
cmd-remove-storey-tip = The selected storey goes, or the topmost
cmd-remove-storey-words = delete floor level down
cmd-tool-select = Select
cmd-tool-select-tip = Select, drag, pull corners
cmd-tool-select-words = arrow pointer pick
cmd-tool-plot = Plot
cmd-tool-plot-tip = Draw a plot, corner by corner
cmd-tool-plot-words = parcel site lot boundary ground
cmd-tool-rectangle = Rectangle
cmd-tool-rectangle-tip = Draw a rectangular volume along the plot
cmd-tool-rectangle-words = volume building block box hall
cmd-tool-polygon = Volume
cmd-tool-polygon-tip = Draw a volume of any outline
cmd-tool-polygon-words = polygon building block outline shape
cmd-tool-surface = Yard and green
cmd-tool-surface-tip = Draw a yard, street, green or water
cmd-tool-surface-words = yard street green water open ground paved surface
cmd-tool-move = Move
cmd-tool-move-tip = Move what is selected from a point to a point
cmd-tool-move-words = shift drag displace
cmd-zoom-all = Show all
cmd-zoom-all-tip = Everything in view
cmd-zoom-all-words = zoom fit extents
cmd-zoom-selection = Show selection
cmd-zoom-selection-tip = What is selected in view
cmd-zoom-selection-words = zoom fit focus
cmd-zoom-in = Zoom in
cmd-zoom-in-tip = Nearer
cmd-zoom-in-words = closer larger plus
cmd-zoom-out = Zoom out
cmd-zoom-out-tip = Farther
cmd-zoom-out-words = smaller minus away
cmd-toggle-map = Built-in map
cmd-toggle-map-tip = Show or hide the schematic map of the canal zone
cmd-toggle-map-words = basemap background paper canal
cmd-toggle-tiles = OpenStreetMap tiles
cmd-toggle-tiles-tip = Fetch map tiles from the network, or stay offline
cmd-toggle-tiles-words = online internet basemap osm
cmd-palette = Command palette…
cmd-palette-tip = Find any command by a word
cmd-palette-words = search find commands
cmd-lang-en = English
cmd-lang-en-tip = The studio in English
cmd-lang-en-words = language taal langue
cmd-lang-nl = Nederlands
cmd-lang-nl-tip = The studio in Dutch
cmd-lang-nl-words = language dutch taal langue
cmd-lang-fr = Français
cmd-lang-fr-tip = The studio in French
cmd-lang-fr-words = language french taal langue
cmd-theme-paper = Paper
cmd-theme-paper-tip = The light theme
cmd-theme-paper-words = theme light day
cmd-theme-night = Night
cmd-theme-night-tip = The dark theme, for projection
cmd-theme-night-words = theme dark projector
cmd-theme-print = Print
cmd-theme-print-tip = Black on white, as it will be printed
cmd-theme-print-words = theme white paper contrast
cmd-shortcuts = Shortcuts
cmd-shortcuts-tip = Every key on one sheet
cmd-shortcuts-words = keys keyboard help cheat sheet
cmd-about = About Maakblok
cmd-about-tip = Version, licences, sources
cmd-about-words = version licence credits sources fonts map

## changes, as they stand in the list
edit-move = Move
edit-draw-plot = Draw plot
edit-draw-volume = Draw volume
edit-draw-surface = Draw surface
edit-move-vertex = Move corner
edit-insert-vertex = Pull out corner
edit-delete-vertex = Delete corner
edit-delete = Delete { $name }
edit-duplicate = Duplicate { $name }
edit-rename = Rename to { $name }
edit-region = Region of { $name }
edit-base = Base of { $name }
edit-dwellings = Dwellings of { $name }
edit-rehouse = Plot of { $name }
edit-surface-kind = Kind of surface
edit-project = Project data
edit-new-variant = New variant { $name }
edit-remove-variant = Remove variant { $name }
edit-rename-variant = Rename variant to { $name }
edit-baseline = Baseline: { $name }
edit-add-storey = Add storey: { $name }
edit-add-basement = Add storey below ground: { $name }
edit-duplicate-storey = Duplicate storey: { $name }
edit-remove-storey = Remove storey: { $name }
edit-reorder-storeys = Reorder storeys: { $name }
edit-storey-use = Use of storey: { $name }
edit-storey-share = Share of use: { $name }
edit-storey-height = Height of storey: { $name }
edit-state = State of { $name }
edit-storey-state = State of storey: { $name }
edit-import = Import { $name }

## names given to new things
name-project = Untitled
name-plot = Plot
name-volume = Hall
name-upper = Upper volume
name-variant = Variant

## snaps
snap-close = close the outline
snap-vertex = end
snap-intersection = intersection
snap-midpoint = midpoint
snap-foot = square on the edge
snap-edge = on the edge
snap-square = square to the last line
snap-held = direction held
snap-aligned = in line with a corner
snap-grid = grid

## hints
hint-draw-first = click sets the first corner
hint-draw-next = click sets the next corner
hint-draw-close = click sets the next corner; the first corner closes
hint-rectangle-first = click or drag from a corner
hint-rectangle-second = click sets the opposite corner
hint-move-first = click the point to move from
hint-move-second = click where it shall go
hint-select = click selects, drag draws a frame
hint-select-vertex = drag moves the corner
hint-select-midpoint = drag pulls out a new corner
hint-select-frame = to the right takes what lies within, to the left what it touches
hint-select-drag = release to leave it here
hint-hold = hold direction
hint-no-snap = no snapping
hint-back = back
hint-last-point = last corner
hint-close = close
hint-select-under = what lies under
hint-select-add = add
hint-delete = delete
hint-delete-vertex = delete corner

## what is said in passing
say-three-points = An outline needs three corners
say-crosses-itself = The outline would cross itself
say-no-rectangle = The rectangle has no width yet
say-nothing-to-move = Nothing lies there to move
say-edit-failed = That change does not fit the project
say-saved = Saved
say-exported = Exported { $name }
say-imported = Imported { $name }
say-undone = Undone: { $name }
say-redone = Redone: { $name }
say-nothing-to-undo = Nothing to undo
say-nothing-to-redo = Nothing to redo
say-select-volume = Select a volume first
say-removed = Deleted: { $name }
say-things = { $n ->
    [one] { $count } thing
   *[other] { $count } things
}
say-last-variant = A project keeps at least one variant

## exchange
exchange-error-not-text = it is not text in UTF-8 (line { $line }, column { $column }). Choose a GeoJSON file; a shapefile or a zipped file must be turned into one first
exchange-error-cut-off = the text ends in the middle, at line { $line }, column { $column }. The file seems to be cut off: fetch or export it again
exchange-error-unexpected = at line { $line }, column { $column } stands “{ $found }”, which is not JSON there. Correct that place or export the file again
exchange-error-trailing = something follows the end of the object at line { $line }, column { $column }. A file holds one GeoJSON object
exchange-error-nothing = it is empty
exchange-error-no-type = it is JSON but not GeoJSON: it has no “type”. Choose a file with a FeatureCollection, a Feature or a geometry
exchange-error-type = it is not GeoJSON: its “type” is “{ $kind }”. Choose a file with a FeatureCollection, a Feature or a geometry
exchange-error-features = its “features” is not a list. A FeatureCollection needs one
exchange-error-origin = the origin cannot be used: { $error }
exchange-error-system = its coordinates are in “{ $name }”, which is not known here. Export it in WGS 84 (EPSG:4326)
exchange-note-no-features = there is nothing in it that can be used
exchange-note-header = the member “maakblok” cannot be read; origin and numbers are given anew
exchange-note-converted = coordinates in EPSG:{ $detail } were converted to WGS 84
exchange-note-not-a-feature = not a feature, left out
exchange-note-unknown-kind = “maakblok” is “{ $detail }”, which is not known (plot, volume, surface, context, goods_access, note), left out
exchange-note-no-geometry = it has no geometry, left out
exchange-note-unknown-geometry = geometry of type “{ $detail }” is not known, left out
exchange-note-collection = a GeometryCollection cannot be used, left out; split it into features
exchange-note-unfit = the coordinates are not those of a { $detail }, left out
exchange-note-wrong-geometry = the geometry must be { $detail }, left out
exchange-note-not-on-earth = a coordinate is not a number or not a place on earth (longitude, latitude), left out
exchange-note-too-far = it lies more than 100 km from the project's origin, left out
exchange-note-too-few-points = it has too few different points, left out
exchange-note-no-area = it encloses no area, left out
exchange-note-repaired = its outline crossed itself and was repaired; check it
exchange-note-repaired-parts = its outline crossed itself and was repaired into { $detail } parts; check them
exchange-note-not-repairable = its outline crosses itself and cannot be repaired, left out
exchange-note-several-parts = its { $detail } parts became separate things
exchange-note-shares-scaled = the shares did not sum to 1 and were scaled
exchange-note-share-unusable = the share of “{ $detail }” is not a number from 0 up, left out
exchange-note-unknown-use = the use “{ $detail }” is not known, left out
exchange-note-storey-without-use = no use that is known, so the storey was left out
exchange-note-no-storeys = it has no storeys
exchange-note-too-many-storeys = more than 1 000 storeys; the first 1 000 were kept
exchange-note-value-unusable = “{ $detail }” cannot be used and was ignored
exchange-note-missing-kind = “{ $detail }” does not say what it is, left out
exchange-note-unknown-plot = there is no plot “{ $detail }”; placed by its location
exchange-note-ambiguous-plot = there are several plots “{ $detail }”; the first was taken
exchange-note-on-no-plot = it stands on no plot and counts in no plot's figures
exchange-note-double-id = another plot has the id “{ $detail }” too
exchange-note-plain-line = a line without “maakblok” or a railway, highway or waterway tag, left out
exchange-note-plain-point = a point without “maakblok”, left out
exchange-note-taken-as-building = an area without “maakblok” or a tag, taken as a building around the site
exchange-note-more = { $n ->
    [one] and { $count } more like this
   *[other] and { $count } more like this
}
exchange-name-project = Imported
exchange-name-variant = Variant A
exchange-name-plot = Plot { $number }
exchange-name-building = Building { $number }
## measure

unit-m2 = m²
unit-percent = %
unit-per-ha = /ha
unit-per-day = /day
family-making = making
family-reuse = repair and reuse
family-logistics = logistics
family-growing = urban growing
family-trade = trade and food
family-office = office and studio
family-facilities = facilities
family-housing = housing
family-parking = parking
family-technical = energy and plant
region-brussels = Brussels-Capital Region
region-flanders = Flemish Region
region-none = elsewhere
state-differs = several
state-existing = existing
state-kept = kept
state-new = new
state-removed = removed
figure-plot-area = plot area
figure-plot-area-formula = sum of the areas of the plots as drawn
figure-footprint = footprint
figure-footprint-formula = area covered by the volumes that stand on the ground and are not removed, overlaps counted once
figure-gfa = floor area, GFA
figure-gfa-formula = Σ footprint of the volume × its storeys above ground, courts and removed storeys left out
figure-gfa-below = floor area below ground
figure-gfa-below-formula = Σ footprint of the volume × its storeys below ground, courts and removed storeys left out
figure-programme = programme floor
figure-programme-formula = floor area above ground − parking − energy and plant
figure-productive = productive floor
figure-productive-formula = Σ floor area above ground of the productive uses
figure-fsi = FSI
figure-fsi-formula = floor area above ground on plots ÷ plot area
figure-fsi-none = no plot yet
figure-gsi = GSI, coverage
figure-gsi-formula = footprint on plots ÷ plot area
figure-gsi-none = no plot yet
figure-l = storeys L
figure-l-formula = FSI ÷ GSI, the mean number of storeys
figure-l-none = no floor on a plot yet
figure-osr = OSR
figure-osr-formula = (1 − GSI) ÷ FSI, open ground for each m² of floor
figure-osr-none = no floor on a plot yet
figure-mxi = mix, MXI
figure-mxi-formula = 100 × housing floor ÷ programme floor
figure-mxi-none = no programme yet
figure-productive-share = productive share
figure-productive-share-formula = productive floor ÷ programme floor
figure-productive-share-none = no programme yet
figure-ground-productive = productive ground
figure-ground-productive-formula = productive floor ÷ programme floor, over the lowest storey above ground of the volumes that stand on the ground
figure-ground-productive-none = no programme yet
figure-entropy = entropy of the mix
figure-entropy-formula = −Σ p × ln p ÷ ln 8, with p the share of each family in the programme floor: 0 is one family, 1 all eight in equal parts
figure-entropy-none = no programme yet
figure-effective-uses = effective uses
figure-effective-uses-formula = 1 ÷ Σ p², with p the share of each family in the programme floor
figure-effective-uses-none = no programme yet
figure-dwellings = homes
figure-dwellings-formula = housing floor ÷ m² per home (low, mid, high); a volume that states its number of homes counts with that
figure-student-rooms = student rooms
figure-student-rooms-formula = student housing floor ÷ m² per room
figure-residents = residents
figure-residents-formula = homes × persons per home in the region + 1 in each student room
figure-jobs = jobs
figure-jobs-formula = Σ floor area of the use above ground ÷ floor area per job (sparse, mid, dense)
figure-jobs-low-skilled = low-skilled jobs
figure-jobs-low-skilled-formula = Σ jobs of the use × its share of low-skilled jobs
figure-jobs-middle-skilled = middle-skilled jobs
figure-jobs-middle-skilled-formula = Σ jobs of the use × its share of middle-skilled jobs
figure-jobs-high-skilled = high-skilled jobs
figure-jobs-high-skilled-formula = Σ jobs of the use × its share of high-skilled jobs
figure-jobs-per-ha = jobs per hectare
figure-jobs-per-ha-formula = jobs (mid) on plots ÷ plot area in hectares
figure-jobs-per-ha-none = no plot yet
figure-dwellings-per-ha = homes per hectare
figure-dwellings-per-ha-formula = homes (mid) on plots ÷ plot area in hectares
figure-dwellings-per-ha-none = no plot yet
figure-goods-movements = goods movements
figure-goods-movements-formula = Σ floor area of the use above ground ÷ 1 000 × its deliveries and pick-ups per 1 000 m² and day
figure-gfa-by-use = floor area by use
figure-gfa-by-use-formula = Σ storeys above ground, footprint × share of the use
figure-gfa-by-family = floor area by family
figure-gfa-by-family-formula = Σ floor area above ground of the uses of the family
figure-gfa-by-state = floor area by state, above and below ground
figure-gfa-by-state-formula = Σ footprint × storeys in that state, above and below ground
figure-jobs-by-use = jobs by use
figure-jobs-by-use-formula = floor area of the use above ground ÷ floor area per job (sparse, mid, dense)
source-this-project = set in this project
report-area-basis = Gross floor area is footprint × storeys, without courts; base area is the plots as drawn; what stands on no plot counts in totals but in no density
report-totals = The whole variant
report-plots = Plots
report-plot = plot
report-name = name
report-region = region
report-of-densities = FSI ÷ GSI
report-of-plot = of {$area} m² plot area
report-of-programme = of {$area} m² programme floor
report-of-ground = of the programme on the ground

## cli
cli-error = error
cli-warning = warning
cli-sound = { $file }: sound
cli-no-window = this program was built without its window. Use a command such as “maakblok report PROJECT”; “maakblok --help” lists them
cli-not-yet = { $what } is not in this version
cli-two-verbs = a project before a command: say either “maakblok PROJECT” or “maakblok COMMAND …”
cli-stdin-twice = “-” can stand for standard input once only
cli-stdout = the result could not be written to standard output: { $error }
cli-import-output = { $file }: an import makes a project. Give it a name that ends in .maakblok
cli-origin-of-project = { $file }: a project keeps its own origin. Leave --origin out
cli-format = { $file }: the extension tells no format. Use .geojson, .csv, .svg, .png or .maakblok, or --format
cli-render-format = { $file }: a picture is .png or .svg
cli-no-variant = { $file }: there is no variant “{ $name }”. It has { $names }
cli-without-variants = { $file }: it has no variants
cli-one-variant = { $file }: of its variants only “{ $name }” is taken. Choose another with --variant
## basemap
place-case = case
place-quarter = quarter
place-dock = dock
place-station = station
place-lock = lock
place-bridge = bridge
place-green = green

## files-and-faults

load-renumbered = { $path }: two things had the number { $old }; the later one ({ $kind }) is now { $new }.
load-parted = { $count } × { $kind }, such as number { $id }: the number also stood for something else; each has a new one now.
load-counter-raised = The project's counter stood at { $old }, below numbers in use; it is now { $new }.
load-variant-added = The project had no variant; an empty one was added.
load-upgraded = The file is of an older version ({ $version }) of the format; it is brought up to date when you save.
save-no-backup = Saved, but without a backup of the old file: { $reason }
save-journal-kept = Saved, but the journal could not be emptied: { $reason }

fault-kind-project = project
fault-kind-variant = variant
fault-kind-plot = plot
fault-kind-building = building
fault-kind-volume = volume
fault-kind-surface = ground surface
fault-kind-access = goods access
fault-kind-note = note
fault-kind-context = surroundings
fault-kind-use = use
fault-thing-named = { $kind } “{ $name }”
fault-thing-numbered = { $kind } { $id }
fault-storey = { $thing }, storey { $number } from the bottom
fault-at = { $thing }: { $what }
fault-no-variants = there is no variant, so nothing can be measured
fault-origin = the origin is not a place on earth (longitude −180 to 180, latitude −85 to 85)
fault-rate = the rate { $field } cannot be used; that of the library stands in (it must be above zero and run from sparse to dense)
fault-use-family = this use is not in the library and does not say its family, so it is left out
fault-use-number = { $field } cannot be used; that of the library stands in
fault-no-name = it has no name
fault-name-twice = another variant has the same name; by name only the first one can be asked for
fault-outline-points = its outline has fewer than three different points
fault-outline-far = its outline lies more than 100 km from the project's origin
fault-outline-crossing = its outline crosses itself, so its area is not clear
fault-outline-area = its outline encloses no area
fault-point-far = it lies more than 100 km from the project's origin
fault-missing-plot = it stands on plot { $id }, which does not exist
fault-missing-building = it is part of building { $id }, which does not exist
fault-no-plot = it stands on no plot; it counts in totals but in no density
fault-outside = { $area } m² of it lie outside plot { $plot }; its floors count there whole
fault-volumes-overlap = it stands { $area } m² inside { $other }; both count
fault-plots-overlap = it shares { $area } m² with { $other }; that ground counts twice
fault-shares = the shares sum to { $sum } instead of 1
fault-unknown-use = the use “{ $use }” is not known; its floor belongs to no family
fault-height = a height of { $height } m is hard to believe (0 to 100 m is usual)
fault-base = a base level of { $base } m is hard to believe
fault-storey-order = it lies below ground but on top of one above ground

## window
canvas-name = Drawing
window-too-small = The window is too small to draw in; make it larger
panel-figures = Figures
panel-project = Project
panel-nothing-selected = nothing selected
panel-drawer = Panels
figures-base = plot { $area }
figures-no-base = no plot yet
mark-saved = saved
mark-unsaved = not saved
mark-saving = saving
mark-elsewhere = open elsewhere
mark-new = no file yet
status-offline = offline
status-offline-tip = The built-in map is in use; nothing is fetched
status-online = online
status-online-tip = Map tiles come from the network
status-no-network = no network
status-no-network-tip = Map tiles are wanted but none come; the built-in map stays until they do
status-scale = 1:{ $scale }
credit-schematic = schematic map · © OpenStreetMap contributors, UrbIS, Infrabel
chart-spacematrix = Spacematrix: floor space index over coverage
chart-mxi = Mixed-use triangle
chart-families = Floor area by family of use
chart-housing = housing
chart-work = work
chart-amenities = amenities
empty-no-plot = No plot yet
empty-draw-with = Draw one with { "{" }key{ "}" } or open a case
empty-draw-plot = Draw a plot
field-limits = from { $low } to { $high }
field-a-number = a number
field-project = Project
field-variant = Variant
field-baseline = the site as it is today
field-origin = Origin
field-content = Content
field-name = Name
field-code = Reference
field-region = Region
field-area = Area
field-perimeter = Perimeter
field-building = Building
field-plot = Plot
field-base = Base
field-gfa = Floor area
field-fsi = FSI
field-jobs = Jobs
field-footprint = Footprint
field-dwellings = Homes
field-dwellings-hint = estimated
field-kind = Kind
field-use = Use
field-next-use = New volumes
field-share = Share
field-height = Storey height
field-state = State
field-length = Length
field-width = Width
field-bearing = Bearing
thing-plot = Plot
thing-volume = Volume
thing-surface = Surface
thing-note = Note
thing-access = Goods access
thing-several = { $count } selected
volume-on-no-plot = on no plot
surface-yard = yard
surface-street = street
surface-green = green
surface-water = water
surface-open_ground = open ground
surface-paved = paved
tool-new-plot = new plot
tool-plot-help = Floor space and density are measured against plots. The region follows from the place and can be changed.
tool-new-volume = new volume
tool-volume-help = Drawn on another volume, it stands on its roof. Storeys are added afterwards, here or with the keys.
tool-new-surface = new surface
stack-title = Storeys
stack-storey = Storey
stack-empty = No storeys yet; add one with +
stack-up = move up
stack-down = move down
stack-remove-use = remove
stack-add-use = add a use…
why-no-project = Open a project first
why-nothing-selected = Select something first
notice-close = Close
notice-more = and { $count } more
undo-list-start = As opened
undo-list-undone = undone
palette-hint = Type a command or a place
palette-nothing = Nothing of that name
palette-go = New project at
start-back = Back to the drawing
start-recent = Recent
start-new-here = New here
start-place = A place: quarter, dock, station, case
start-found = { $at } of { $count } · Enter
start-not-found = Not in the built-in gazetteer; click the map instead
start-map = Map of the canal zone
start-map-tip = Click to start a project there
start-language = Language
start-theme = Theme
start-variants = { $n ->
    [one] { $count } variant
   *[other] { $count } variants
}
wall-title = Productive blocks
wall-text = Open one, take it apart, start from it. Massings are schematic; every figure carries its source.
wall-open = Open
case-novacity-fact = 16 workshops, 63 homes
shortcuts-mouse = Wheel zooms, middle or right button pans, Space with the left button too. Shift adds to the selection, Ctrl suspends snapping.
about-licence = Free software under MIT or Apache 2.0, at your choice. No account, no telemetry, no network needed.
about-fonts = Text is set in Maakblok Sans, a subset of Inter under the SIL Open Font License.
about-map = The built-in map is simplified from OpenStreetMap (Open Database License), UrbIS and Infrabel. It orients to 50–200 m and is no survey.
about-figures = Every coefficient is an editable default with its source. Nothing here is legal advice; what is not law is marked indicative.
about-privacy = Online tiles are fetched only when you switch them on.
about-licences = Licences in full

## files
ask-save = Save
ask-drop = Do not save
ask-stay = Cancel
ask-replace = Replace
ask-elsewhere = Save elsewhere…
ask-unsaved = Save the changes?
ask-unsaved-text = “{ $name }” has changes that are in no file. Without saving they are lost.
ask-recover = Take up where it broke off?
ask-recover-text = { $n ->
    [one] Maakblok was not closed properly. One change was not in the file: { $last }
   *[other] Maakblok was not closed properly. { $count } changes were not in the file; the last is: { $last }
}
ask-recover-other = The file has been changed by somebody else since: what you did can be made on top of that, in a copy.
ask-recover-unfit = The file has been changed by somebody else since, and what you did does not fit it any more.
ask-recover-copy = Open a copy with my changes
ask-recover-yes = Recover
ask-recover-no = Open as saved
ask-changed = The file was changed by somebody else
ask-changed-text = { $path } is not as it was when you opened it. Replacing it loses the other changes; a backup of them is kept beside it.
ask-exists = There is a file of that name
ask-exists-text = { $path } would be replaced.
path-open = Open
path-save = Save as
path-import = Import
path-export = Export
path-type-open = No file dialog can be shown on this machine. Type the path of a project or of GeoJSON; ~ is your own folder.
path-type-save = No file dialog can be shown on this machine. Type where to save; .maakblok is added to the name, ~ is your own folder.
path-type-import = No file dialog can be shown on this machine. Type the path of GeoJSON or of another project; ~ is your own folder.
path-type-export = No file dialog can be shown on this machine. Type where to write; the extension says what: svg, png, geojson, csv. ~ is your own folder.
path-field = Path
filter-open = Projects and GeoJSON
filter-project = Maakblok project
filter-geojson = GeoJSON
filter-svg = Drawing (SVG)
filter-png = Picture (PNG)
filter-csv = Table of figures (CSV)
task-reading = Reading { $name }
task-saving = Saving { $name }
task-writing = Writing { $name }
say-not-opened = Not opened
say-not-saved = Not saved
say-not-exported = Not exported
say-in-journal = Your work is in the journal and nothing is lost
say-in-use = Another window has this project open
say-in-use-text = Changes made here can only be saved under another name
say-no-journal = Changes are not protected against a crash
say-not-on-earth = That is no place on earth
say-opened-with-notes = { $name } was opened; some things were put right
say-recovered = { $n ->
    [one] One change recovered
   *[other] { $count } changes recovered
}

## strip
strip-width = width is floor area
strip-empty = No building yet

## counts
count-plots = { $n ->
    [one] { $count } plot
   *[other] { $count } plots
}
count-surfaces = { $n ->
    [one] { $count } surface
   *[other] { $count } surfaces
}
count-volumes = { $n ->
    [one] { $count } volume
   *[other] { $count } volumes
}

## recovery of what has no file
ask-recover-text-unsaved = { $n ->
    [one] Maakblok was not closed properly. One change was made to a project without a file: { $last }
   *[other] Maakblok was not closed properly. { $count } changes were made to a project without a file; the last is: { $last }
}
ask-recover-forget = Forget them

## explaining a figure
figures-indicative = Coefficients are indicative defaults, never law; a project file can hold its own
say-journal-aside = A copy of the journal of a crash is kept

## what goes wrong with files and places; begins in lower case, after a name or as a sentence made of it
place-file = the file
place-line = line { $line }, column { $column }
place-path-line = { $path } (line { $line }, column { $column })
no-file-folder = a folder
no-file-device = a device or a pipe
binary-png = it seems to be a PNG image
binary-jpeg = it seems to be a JPEG image
binary-pdf = it seems to be a PDF
binary-zip = it seems to be a zip archive; unpack it first
binary-gzip = it seems to be compressed with gzip; unpack it first
binary-sqlite = it seems to be a database such as a GeoPackage; export GeoJSON from it
binary-pmtiles = it seems to be a map archive (PMTiles)
binary-dwg = it seems to be a DWG drawing
binary-gltf = it seems to be a glTF model
binary-flatgeobuf = it seems to be a FlatGeobuf; export GeoJSON from it
binary-unknown = it is not text but binary data
read-error-system = it cannot be read: { $error }
read-error-missing = there is no such file. Check the name and the folder
read-error-permission = it may not be read. Ask for the right to read it, or copy it
read-error-no-file = it is { $what }, not a file
read-error-too-large = it is larger than { $limit } MB. Split it into parts
read-error-empty = it is empty. A backup may lie beside it, under the same name with ~1 at its end
read-error-binary = it is no project: { $what }
read-error-utf8 = it is not UTF-8 text (byte { $offset }, line { $line }). Save it as UTF-8
read-error-truncated = it ends too early, at { $place }: the rest is missing. A backup may lie beside it, under the same name with ~1 at its end
read-error-json = it is not sound JSON at { $place }: { $what }
read-error-deep = it is nested too deep at { $place }: more than 120 lists and objects inside one another
read-error-other = it is not a Maakblok project: { $what }
read-error-newer = it was written by { $program } as version { $version } of the format; this program knows versions up to { $known }. Open it with that program or a newer one
read-error-newer-program = a newer program
read-error-version = it says it is of version { $version } of the format, which there never was
read-error-upgrade = it is of version { $version } of the format and could not be brought up to date: { $what }
json-field-missing = the field { $field } is missing
json-field-twice = the field { $field } stands there twice
json-expected = expected { $expected }, found { $found }
json-expected-length = expected { $expected }, found a length of { $found }
json-unknown = { $found } is not known here; known are { $known }
json-number-range = a number is too large to be stored
json-value-expected = a value was expected (numbers, "text", lists, objects, true, false, null)
json-trailing-comma = there is a comma before a closing bracket
json-trailing = something follows after the end of the project
json-sign-expected = after what stands before, { $sign } was expected
json-control = there is a line break or another control character within a text; it ends with "
json-key-text = the name of a field was expected, in "quotes"
json-number = a number is not written as JSON writes them
json-escape = a backslash in a text begins something that JSON does not know
json-kind-the-text = the text { $value }
json-kind-the-number = the number { $value }
json-kind-the-value = the value { $value }
json-kind-number = a number
json-kind-whole = a whole number from 0 up
json-kind-text = text
json-kind-boolean = true or false
json-kind-object = an object
json-kind-list = a list
json-kind-two-numbers = two numbers
json-kind-project = an object with a project
json-kind-shares = an object of uses and shares
json-kind-count = { $count } of them
other-library = it seems to be a library of uses, typologies or rules; those belong into a project's settings
other-report = it seems to be a report made from a project
other-journal = it seems to be the journal of a project; open the project beside it
other-format = its field "format" says "{ $format }" instead of "maakblok-project"
other-geojson = it seems to be GeoJSON; import it instead of opening it
other-cityjson = it seems to be CityJSON
other-topojson = it seems to be TopoJSON; turn it into GeoJSON and import that
other-no-format = the field "format" is missing; a project begins with "format": "maakblok-project"
no-number = { $value } is not a number that can be stored
no-number-value = a value
save-error-changed = the file was changed by somebody else since it was opened. Save under another name, or replace it
save-error-exists = there is a file of that name already
save-error-no-file = it is { $what }, not a file. Choose another name
save-error-protected = the file is write-protected. Save under another name, or lift the protection
save-error-folder = the folder does not allow writing. Save in another folder ({ $error })
save-error-no-folder = the folder { $folder } does not exist
save-error-full = there is no room left on the disk ({ $needed } MB are needed). The old file is untouched
save-error-number = { $what }. Undo the last step or correct it
save-error-system = it could not be written: { $error }. What was there is untouched
journal-error-in-use = another window has this project open
journal-error-base = the journal belongs to another state of the project file and cannot be continued
journal-error-number = the change cannot be kept: { $what }
journal-error-system = the journal cannot be written: { $error }. Save soon
edit-error-variant = it speaks of variant { $id }, which is not in the project
crs-error-earth = longitude { $lon }, latitude { $lat } is not a place on earth (longitude −180 to 180, latitude −85 to 85)
crs-error-system = EPSG:{ $epsg } is not known; known are { $known }
crs-error-far = the coordinates lie too far from the project's origin to be projected
picture-error-size = a picture of { $width } × { $height } pixels cannot be made: each side needs 1 to { $longest } pixels
picture-error-encoding = the picture could not be made: { $error }
export-error-origin = the project's origin cannot be used: { $error }
export-extension = the name must end in .maakblok, .geojson, .csv, .svg or .png, so that it is clear what to write
export-no-variant = there is no such variant
export-left-out = { $n ->
    [one] { $count } shape has no sound outline and was left out: { $ids }
   *[other] { $count } shapes have no sound outline and were left out: { $ids }
}
fault-too-many-storeys = it has { $count } storeys; exchange files carry { $most } at most
fault-homes-without-housing = { $n ->
    [one] it states { $count } home, but no storey above ground has housing, so it does not count
   *[other] it states { $count } homes, but no storey above ground has housing, so they do not count
}
fault-buried = it counts above ground, but lies wholly under it
fault-homes-too-small = { $n ->
    [one] it states one home, which leaves it { $area } m² of housing floor
   *[other] it states { $count } homes, which leaves { $area } m² of housing floor for each
}
fault-floating = it begins at { $base } m, and hardly anything stands under it at that height
fault-skills = the shares of jobs by skill sum to { $sum } instead of 1
merge-use-brought = Its use “{ $name }” was added to this project
merge-use-stays = Its use “{ $name }” has other values there; those of this project stay
merge-rates-stay = Its rates for homes and residents differ; those of this project stay
fault-no-storeys = it has no storeys, so it counts for nothing
journal-error-place = this system has no folder for the data of its users. Save soon
cli-all-variants = { $file }: a project file holds all variants, not only the one asked for
exchange-note-region-unknown = its region is not known here (the border that is built in covers the canal zone); it counts as elsewhere. Say it with “region”
exchange-note-building-on-plots = the building “{ $detail }” stands on several plots; each has a building of that name
stack-up-tip = The storey changes places with the one above
stack-down-tip = The storey changes places with the one below
stack-remove-use-tip = The other uses take its share
cmd-coordinates = Coordinate system
cmd-coordinates-tip = What the status line shows: local, WGS 84, Lambert 2008, Lambert 72
cmd-coordinates-words = lambert wgs epsg longitude latitude grid position
coordinates-local = Metres east and north of the project's origin
coordinates-4326 = WGS 84, longitude and latitude in degrees
coordinates-3812 = Belgian Lambert 2008 (EPSG:3812), metres
coordinates-31370 = Belgian Lambert 72 (EPSG:31370), metres; good to 0.2–1 m without the grid of the survey
coordinates-next = A click shows the next system
start-no-display = no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start it from a desktop, or use the commands without a window (maakblok report PROJECT). For a virtual screen, Debian's packages are: xvfb { $packages }
start-no-window = no window could be opened ({ $why }). On Debian install: { $packages }. --renderer glow forces OpenGL
cli-args-unknown = “{ $argument }” is not known
cli-args-missing = something is missing: { $argument }
cli-args-value = “{ $value }” cannot be used for { $argument }
cli-args-conflict = { $argument } does not go with another argument
cli-args-wrong = the arguments cannot be understood
cli-args-hint-origin = Give longitude and latitude in degrees, such as 4.35,50.85
cli-args-hint-size = Give width and height in pixels, such as 1920x1080
cli-args-hint-crs = Give an EPSG number: 4326, 3812, 31370, 25831 or 3857
cli-args-help = “maakblok --help” says more
name-house = House
name-block = Block
why-not-on-ground = It stands on another volume; a storey below ground goes under one that stands on the ground
fault-basement-in-air = it has storeys below ground but begins above it
say-name-in-folder = That is a folder. Add the name of a file
say-saved-as = Saved { $name }
cmd-findings = Findings
cmd-findings-tip = What the check finds in this variant; click to go there
cmd-findings-words = check errors warnings problems overlap floating
findings-none = Nothing found
status-findings = { $n ->
    [one] { $count } finding
   *[other] { $count } findings
}

# The strip
strip-grip-tip = Drag to make the storey higher or lower
say-journal-stays = The journal of a crash could not be copied; it stays where it is, and what you do now is not protected against a crash. Save soon
findings-looking = Looking …
say-work-failed = A piece of work broke down
say-work-failed-text = That is a fault of the program. Your project is as it was; save it, under another name if need be
