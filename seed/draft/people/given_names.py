"""Given names, by the gender that they tell: of public people in English-language news, far from complete."""

from seed.draft.text.lexicon import words

FEMALE_NAMES = words("""
    Abigail Ada Adele Adriana Agnes Agnieszka Aicha Aisha Alejandra Aleksandra Alessandra Alexandra Alice Alicia
    Alina Alison Alla Allison Alma Alyssa Amal Amanda Amber Amelia Amina Amira Amy Ana Anastasia Andrea Angela
    Angelina Angelique Angie Anita Ann Anna Annalena Anne Annette Annie Antonia Anya Aparna Arlene Asma Astrid
    Audrey Ava Ayanna Ayesha Azucena Barbara Beata Beatrice Beatriz Becky Belinda Bella Benazir Bernadette Beth
    Betsy Bettina Betty Beverly Bianca Birgit Blanca Bonnie Brandi Brenda Brianna Bridget Brigitte Brittany Caitlin
    Camilla Candace Carina Carla Carly Carmen Carol Carole Caroline Carolyn Carrie Cassandra Catalina Catherine
    Cathy Cecilia Celia Chandra Charlene Charlotte Chelsea Cherie Cheryl Chiara Chloe Christa Christiane Christie
    Christina Christine Cindy Claire Clara Clarissa Claudia Clementine Colette Condoleezza Constance Consuelo Cora
    Corinne Cornelia Cristina Cynthia Daisy Dalia Daniela Danielle Daphne Darlene Deb Debbie Deborah Debra Deirdre
    Delia Denise Desiree Diana Diane Dianne Dilma Dina Dolores Donatella Donna Dora Doris Dorothy Ebony Edith Eileen
    Elaina Elaine Eleanor Elena Elisabeth Elise Elissa Eliza Elizabeth Ella Ellen Elsa Elvira Emilia Emily Emma
    Emmanuelle Erica Erika Erin Erna Esperanza Estela Esther Ethel Eugenia Eva Evangeline Eve Evelyn Ewa Fabiola
    Farah Fatima Fatou Federica Felicia Felicity Fern Fiona Flora Florence Frances Francesca Frida Gabriela
    Gabrielle Gail Galina Gemma Genevieve Georgia Geraldine Gertrud Gertrude Gillian Gina Giorgia Gita Giulia Gladys
    Gloria Grace Graciela Greta Gretchen Gudrun Gwen Haley Hanan Hannah Hannelore Harriet Harriett Hazel Heather
    Hedwig Heidi Heike Helen Helena Helga Henrietta Hilary Hilda Hillary Holly Huma Hyacinth Ida Ilana Ilhan Ilse
    Imelda Inga Inge Ingrid Irene Irina Irma Isabel Isabella Isabelle Ivana Ivanka Jacinda Jaclyn Jacqueline Jahana
    Jamila Jana Jane Janet Janice Janine Jasmine Jayne Jeanette Jeanne Jeannie Jen Jenna Jennie Jennifer Jenny
    Jessica Jill Jillian Joan Joann Joanna Joanne Jodie Joni Josefina Josephine Josie Joy Joyce Juanita Judi Judith
    Judy Julia Juliana Julianne Julie Juliet June Justine Kamala Karen Karin Karine Karla Karolina Kasia Katarina
    Kate Katharina Katharine Katherine Kathleen Kathrin Kathryn Kathy Katie Katrina Kay Kayla Kayleigh Keiko
    Kellyanne Kerri Khadija Khaleda Kiara Kimberly Kirsten Kirstin Kristen Kristi Kristin Kristina Kristine Krystal
    Kyrsten Laila Lakshmi Lana Lara Larisa Latoya Laura Lauren Laurie Leah Leanne Leila Lena Leni Lenora Leona
    Leticia Liane Lidia Lillian Lily Lina Linda Lindy Lisa Liudmila Liz Lois Lola Lorena Loretta Lorraine Louise
    Lourdes Luana Lucia Lucille Lucy Luisa Lupita Lydia Lynda Lynne Mabel Madeleine Madeline Magdalena Maggie Mahnaz
    Maia Malala Manuela Mara Marcella Marcia Margaret Margarita Margery Margot Marguerite Maria Mariam Mariana
    Marianne Maribel Marie Marilyn Marina Marisa Marjorie Marsha Marta Martha Martina Mary Maryam Matilda Maud
    Maureen Maxine Maya Mazie Meera Megan Megyn Mei Melania Melanie Melinda Melissa Mercedes Meredith Meryl Mette
    Mia Michaela Michele Michelle Mikie Mildred Milena Millicent Mimi Mina Minnie Mira Miranda Miriam Moira Molly
    Mona Monica Monika Monique Muriel Myra Myrtle Nadia Nan Nancy Nanette Naomi Nasrin Natalia Natalie Natasha Nell
    Nellie Nelly Nichole Nicola Nicole Nilda Nina Nirmala Nora Noreen Norma Octavia Odette Oksana Olga Olivia
    Omarosa Ophelia Oprah Paige Paloma Pamela Parveen Patricia Patti Patty Paula Paulette Pauline Peggy Penelope
    Perla Petra Petronella Philippa Phyllis Pia Pilar Polly Portia Pramila Preeti Priscilla Priti Priya Priyanka
    Rachael Rachel Raisa Ramona Rana Rania Raquel Rashida Reba Rebecca Regina Reina Renee Rhea Rhonda Ricarda Rima
    Rita Roberta Robyn Rochelle Rosa Rosalia Rosalind Rosanna Rose Roseanne Rosemarie Rosemary Rosie Rowena Roxanne
    Ruth Ruthie Saba Sabrina Sadie Saira Sally Salma Samantha Samira Sandra Sanna Sara Sarah Saskia Selma Serena
    Shabana Shania Shari Sharon Shauna Sheila Shelly Sherri Sherry Shira Shirley Sigrid Silvia Simone Sinead Siobhan
    Socorro Sofia Soledad Sondra Sonia Sonja Sophia Sophie Soraya Stacie Stefania Stella Stephanie Sudha Sue Suella
    Sujata Sunita Susan Susanna Susanne Sushma Suzanna Suzanne Suzy Svetlana Sybil Sylvia Symone Ségolène Tabitha
    Tamar Tamara Tammy Tania Tanya Tara Tasha Tatiana Tatjana Tawakkol Teresa Tess Tessa Thandi Thelma Theodora
    Theresa Tiffany Tilda Tina Trina Trish Trudy Tulsi Tyra Ulrike Uma Una Ursula Usha Valentina Valeria Valerie
    Vanessa Vanita Velma Vera Verna Veronica Vicki Vicky Victoria Vilma Viola Violet Virginia Vivian Viviane Wanda
    Wendy Wilhelmina Wilma Winifred Winnie Xiomara Yael Yana Yasmin Yasmine Yelena Yingluck Yoko Yolanda Yulia
    Yuliya Yvette Yvonne Zahra Zainab Zara Zelda Zena Zhanna Zoe Zofia Zuzana
""")

MALE_NAMES = words("""
    Aaron Abbas Abdel Abdelaziz Abdelfattah Abdul Abdullah Abe Abel Abiy Abraham Achim Adam Adel Adolfo Adrian
    Agustin Ahmad Ahmed Ahmet Akbar Akira Alain Alan Albert Alberto Aldo Alejandro Aleksandar Aleksander Aleksandr
    Aleksei Alessandro Alessio Alexander Alexei Alfonso Alfred Aliaksandr Alistair Allen Alvaro Alvin Amadou Amir
    Amit Anatoly Anders Andre Andreas Andrei Andres Andrew Andriy Andrzej Andy Angelo Angus Anibal Anil Ansel
    Anthony Antoine Anton Antonin Antonio Antony Anwar Archie Armando Armin Arnaud Arne Arnold Arthur Artur Arturo
    Arun Arvind Asa Asad Ashraf Asif Atal Atiku Augusto Aurelio Axel Aziz Babak Ban Barack Barham Barry Bart
    Bartholomew Bashar Basil Baxter Ben Benedict Benjamin Benny Bernard Bernie Bert Bertrand Beto Bilal Bill Billy
    Bjorn Blaise Blake Bob Bobby Bogdan Bohdan Boris Brad Bradley Brandon Brendan Brent Brett Brian Bruce Bruno
    Bryan Bryce Burt Byron Calvin Carl Carlo Carlos Carlton Cary Cecil Cedric Cesar Chad Charles Charlie Charlton
    Chester Chet Christian Christophe Christopher Christos Chuck Clarence Clark Claude Claudio Clayton Clement Cliff
    Clifford Clint Clive Cody Colin Connor Conor Conrad Cory Craig Curt Curtis Cyril Cyrus Damian Damien Damon Dan
    Daniel Danilo Dannel Danny Dante Darius Darrell Darren Darryl Dave David Dean Delbert Demetrius Denis Dennis
    Denzel Derek Derrick Desmond Devin Dexter Dick Didier Diego Dieter Dietmar Dillon Dimitri Dino Dirk Djibril
    Dmitri Dmitry Domingo Dominic Dominik Don Donald Donnie Doug Douglas Duane Duncan Dustin Dwight Dylan Earl
    Eberhard Ed Eddie Edgar Edgardo Edmond Edmund Eduard Eduardo Edward Edwin Efraim Egon Ehud Elias Elijah Eliot
    Elliot Elliott Elmer Elon Elton Elvis Emanuel Emil Emile Emilio Emir Emmanuel Emmerson Emmett Enda Enoch Enrique
    Enver Enzo Ephraim Eran Eric Erik Ernest Ernesto Ernst Errol Erwin Esteban Ethan Etienne Eugene Evan Evo Ezra
    Fabian Fabio Fabrice Faisal Farid Farouk Fayez Federico Feliks Felipe Felix Ferdinand Ferenc Fernando Fidel
    Filip Flavio Florian Floyd Francesco Francis Francisco Franco Francois Frank Frans Franz François Fred Freddie
    Frederick Fredrik Friedrich Fritz Fuad Fumio Gabor Gabriel Gareth Garrett Garry Gary Gaston Gavan Gavin Gaylord
    Geert Geir Gene Gennady Geoff Geoffrey George Georges Georgi Georgios Gerald Geraldo Gerard Gerhard Giancarlo
    Gianni Gideon Gil Gilbert Gilles Giorgio Giovanni Giulio Giuseppe Glen Glenn Goran Gordon Grady Graham Grant
    Greg Gregory Grigory Guido Guillaume Guillermo Gunter Gus Gustavo Guy Gérald Habib Hadi Haider Hakan Hakeem Hal
    Hamad Hamdullah Hamid Hamza Hank Hannes Hans Haris Harlan Harold Harry Haruki Harun Harvey Hashim Hassan Hector
    Heiko Heinrich Heinz Helge Helmut Henri Henry Herbert Heriberto Herman Hermann Hideki Hiroshi Horace Horst
    Howard Howie Hubert Hugh Hugo Humberto Humza Hussain Hussein Iain Ian Ibrahim Idriss Ignacio Igor Ilham Ilya
    Imran Irvin Irving Irwin Isaac Isaiah Ismail Istvan Ivan Ivo Jaber Jacek Jack Jacob Jacques Jaime Jair Jake
    Jakob Jalal Jamal James Jared Jarrod Jason Javad Javed Javid Javier Jay Jayson Jean-Claude Jean-Marie
    Jean-Pierre Jeb Jed Jeff Jeffrey Jens Jeremiah Jeremy Jermaine Jerome Jerrold Jerry Jerzy Jethro Jim Jimmy Jiri
    Joachim Joao Joaquin Joe Joel Johan Johannes John Johnny Joko Jon Jonathan Joop Jordan Jorge Joschka Jose Josef
    Joseph Josh Joshua Jovan Juan Juha Julian Julio Julius Junaid Jurgen Justin Kamal Karel Karim Karl Kaspar Kassem
    Kayode Kazim Keenan Keir Keith Kelvin Kemal Ken Kenji Kenneth Kenny Kent Kerem Kermit Kerr Kevin Khaled Khalid
    Khalil Kip Kirill Kirk Klaus Kofi Konrad Konstantin Kostas Krzysztof Kurt Kwame Kwasi Kyle Lakhdar Lamar Lance
    Larry Lars Laszlo Laurence Laurent Lawrence Lazarus Leif Leland Len Lennart Lenny Leo Leon Leonard Leonardo
    Leonid Leopold Leroy Lester Levi Lewis Liam Lino Lionel Lloyd Lorenzo Lothar Lou Louie Louis Lowell Luc Lucas
    Lucien Lucio Ludwig Luigi Luis Luiz Lukas Luke Lyle Maciej Mahathir Mahmoud Mahmud Majid Maksim Malcolm Malik
    Mamadou Manfred Manmohan Manny Manuel Marat Marc Marcel Marcelo Marcin Marco Marcus Marek Marian Mariano Mario
    Mark Markus Markwayne Marlon Marshall Martin Marty Marvin Masoud Massimo Mateo Mateusz Mathias Mathieu Mats Matt
    Matteo Matthew Matthias Maurice Mauricio Mauro Maury Max Maxime Maximilian Mehdi Mehmet Melvin Merrick Michael
    Michel Micheál Mick Mickael Miguel Mikael Mike Mikhail Mikheil Mikko Miles Milos Milton Miroslav Mitch Mitchell
    Mitt Moammar Mohamad Mohamed Mohammad Mohammadu Mohammed Mohsen Moises Monte Monty Moses Moshe Muammar Muhammad
    Muhammadu Murat Murray Mustafa Myron Nabil Nader Naftali Najib Narayan Narendra Nasser Nathan Nathaniel Nawaz
    Ned Neil Nelson Neville Newt Niall Nicholas Nick Nickolay Nicolai Nicolas Niels Nigel Nikola Nikolai Nikos Nils
    Nir Noah Noel Norbert Norman Nouri Nunzio Obed Octavio Okechukwu Olaf Olafur Olav Ole Oleg Oliver Olivier
    Olusegun Omar Omer Orrin Orson Orville Osama Oscar Osman Oswald Otis Ottmar Otto Owen Pablo Paolo Parviz Pascal
    Patrick Paul Pavel Pavlo Pedro Pekka Percival Percy Perry Pervez Pete Peter Petr Petro Phil Philip Philippe
    Phillip Pierluigi Pierre Piers Pietro Piotr Pope Quentin Quincy Radek Radoslaw Rafael Raffaele Rafi Rahm Rahul
    Rainer Raj Rajesh Rajiv Rajnath Rakesh Ralph Ramesh Rami Ramiro Ramon Ramy Ramzan Rand Randy Ranil Raphael
    Rashid Raul Ravi Ray Rayan Raymond Recep Reggie Reginald Reince Reinhard Rene Renzo Reuben Rex Reza Rhys Ricardo
    Richard Rick Rishi Riyad Ro Rob Robert Roberto Rocco Rodney Rodolfo Rodrigo Rogelio Roger Rohan Roland Rolf
    Roman Romano Ron Ronald Ronnie Rory Ross Roy Ruben Rudi Rudolf Rudy Rufus Rupert Ruslan Russell Ryan Saad Saeb
    Saeed Sajid Salim Salman Salvador Salvatore Sameer Sami Samir Samuel Sandro Sanjay Santiago Saul Scot Scott Sean
    Sebastian Semyon Serge Sergei Sergey Sergio Serhiy Seth Shane Sharif Shaukat Shaun Shehbaz Sheldon Sherman
    Sherrod Shigeru Shimon Shinzo Shivraj Siegfried Sigmar Silvester Silvio Simon Slava Slobodan Spencer Spiro
    Staffan Stan Stanislav Stanley Stefan Stefano Steny Stephane Stephen Steve Steven Stewart Strobe Stuart Subhash
    Suleiman Sunil Sven Syed Sylvester Tad Tadeusz Taha Takashi Tamim Tarek Tariq Taro Tayyip Ted Teddy Tedros
    Terence Terrence Tevita Thabo Thad Thaddeus Thanos Theo Theodore Thierry Thom Thomas Thor Thorbjorn Tiberiu
    Tibor Tim Timo Timothy Tito Tobias Toby Todd Tom Tomas Tomasz Tommaso Tommy Tony Toomas Travis Trent Trevor Trey
    Tristan Troy Truman Tucker Turgut Uhuru Ulf Ulrich Umar Uwe Vaclav Vadim Valdis Valentin Valery Vance Vasily
    Vernon Victor Vikram Viktor Vince Vincent Vinod Virgil Vitaly Vito Vivek Vladimir Vladislav Vojislav Volodymyr
    Waldemar Walid Wallace Wally Walt Walter Warren Warwick Wayne Wen Wendell Werner Wes Wesley Wilbur Wilfred
    Wilhelm Will William Willie Willy Winston Wojciech Wolfgang Wyatt Xavier Xi Yahya Yair Yanis Yasir Yasser
    Yevgeny Yigal Yitzhak Yoav Yohannes Yoshihide Yousef Youssef Yoweri Yukio Yulian Yuri Yury Yusuf Yves Yvon
    Zabihullah Zach Zachary Zack Zalmay Zane Zbigniew Zeljko Zia Ziad Zlatko Zoltan Zoran Édouard
""")

ANY_GENDER = words("""
    Alex Ali Ariel Ashley Ashton Aubrey Avery Bailey Blair Cameron Casey Cassidy Chris Corey Courtney Dana Darcy
    Dominique Drew Emerson Finley Frankie Hayden Jamie Jan Jean Jesse Jessie Jing Jody Jules Kai Kelly Kelsey
    Kendall Kerry Kim Kirby Kit Kris Lee Leigh Leslie Lindsay Lindsey Loren Lynn Mackenzie Marion Mickey Ming Morgan
    Nikki Pat Peyton Quinn Reese Regan Riley Robbie Robin Rowan Sam Sasha Shannon Shawn Shelby Shelley Sidney Skyler
    Stacey Stacy Stevie Sydney Taylor Terry Toni Tracy Tyler Whitney Yang
""")
"""Names that women and men have."""

SHORT_FORMS = {
    "Andy": "Andrew", "Becky": "Rebecca", "Beth": "Elizabeth", "Betty": "Elizabeth", "Bill": "William",
    "Bob": "Robert", "Bobby": "Robert", "Chuck": "Charles", "Debbie": "Deborah", "Dick": "Richard", "Gene": "Eugene",
    "Hank": "Henry", "Harry": "Harold", "Jack": "John", "Jake": "Jacob", "Jerry": "Gerald", "Jim": "James",
    "Jimmy": "James", "Joe": "Joseph", "Johnny": "John", "Kate": "Katherine", "Larry": "Lawrence", "Liz": "Elizabeth",
    "Mike": "Michael", "Peggy": "Margaret", "Rick": "Richard", "Sue": "Susan", "Ted": "Edward", "Tom": "Thomas",
    "Tony": "Anthony",
}  # fmt: skip
"""Short forms that are not the beginning of their name."""
